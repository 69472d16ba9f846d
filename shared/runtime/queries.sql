-- name: answers
SELECT true;

-- name: now
SELECT clock_timestamp();
