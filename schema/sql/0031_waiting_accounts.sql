-- What waits for a coordinator is counted on every page, and by far the most does not wait.

-- Accounts with an open set-up link.
CREATE INDEX account_login_not_set_up ON account_login (account_id)
WHERE password_hash IS NULL OR setup_lookup IS NOT NULL;

-- Places that have not accepted the commitment as it stands now.
CREATE INDEX office_by_commitment ON office (commitment_version, area_id);
CREATE INDEX venue_by_commitment ON venue (commitment_version, area_id) WHERE active = 1;
