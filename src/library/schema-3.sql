-- Version 3: what linking has done already. Numbers are hashes of names and of sounds (src/identity/candidates.rs).

-- Names of people that have been compared with each other, with those that may be the same: eight bytes each, the lowest
-- first. A new name alone is compared.
CREATE TABLE compared (name INTEGER PRIMARY KEY, near BLOB NOT NULL);

-- Sounds that too many names share to compare them all.
CREATE TABLE crowded (sounds INTEGER PRIMARY KEY);
