"""Who together could cover a week that nobody covers alone, and who could stand in for somebody who is away.

Read `asked` (what a team must cover), `candidates` (who may be in one), `sharing` (the most a team covers), `search` (the best
teams, exactly), `rota` (who does what), then `stand_ins`.
"""
