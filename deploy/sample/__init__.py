"""Invented councils of any size, always the same for the same seed: for trying out, for tests, for benchmarks.

Everybody in a sample is made up. Phone numbers come from the range Ofcom keeps for drama (07700 900000 to 900999),
addresses from house and street names that do not exist, e-mail ends in example.org; only postcode sectors are real.

    sample = Sample(council=council("leicester"), pas=200, plans=40, seed=7, day=date(2026, 11, 2))
    for profile in sample.profiles(): ...      # the JSON bodies of the services' HTTP, one dict at a time
"""
