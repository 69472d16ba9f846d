"""The words everybody shares: languages, practices, skills, tasks, times of the week, areas, formats and rates, as coded lists.

Used by all four services, so that a word typed in one place means the same in every other.
Each list names its source in `data/sources.csv`. Nothing is read until it is asked for.
"""
