-- Which of a device's attempts recorded the use: a copied folder counts with the same numbers.
ALTER TABLE redemption ADD COLUMN attempt_hash BLOB;
