"""What can be done with the portal, by subject. Each runs inside a transaction its caller owns.

`accounts` who there is · `signing_in` sessions · `plans` plans in and changed · `rights` who may do what beside whom ·
`supporters` letting in and ending · `support_requests` asking to be let in · `looking` what each may see ·
`hearing` copies of what others told
Reading a plan: `understanding`, with `words`, `times`, `wishes` and `instead`; saving and telling it: `keeping`
"""
