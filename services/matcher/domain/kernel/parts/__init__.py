"""What each wish, and each must that always holds, looks at in the columns: one module a subject, as the plain rules have."""
