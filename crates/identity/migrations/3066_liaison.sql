-- Speaks for a supervising bureau on its own referrals (监管部门联络员): sees the legal library and the places, is told of what happens, and nothing else
-- but what the room of referrals gives. Rights that are known already are given to a new role here; a fresh house gives its defaults.
INSERT INTO role (code) VALUES ('liaison');
INSERT INTO role_right (role, right_name)
SELECT 'liaison', name FROM right_definition WHERE name IN ('law.read', 'event.follow', 'catalogue.read');
