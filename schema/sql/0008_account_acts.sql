-- What an account's owner is told after signing in. `account` (projection): the last reset, and who
-- did it, as an actor. `account_login` (operational): the last time that somebody signed in.

ALTER TABLE account ADD COLUMN reset_at_us INTEGER;
ALTER TABLE account ADD COLUMN reset_by INTEGER;

ALTER TABLE account_login ADD COLUMN last_sign_in_us INTEGER;
