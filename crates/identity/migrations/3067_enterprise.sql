-- Who speaks for an enterprise (企业用户): is told of what happens to its own, and nothing else but what the room of construction waste gives. Rights that
-- are known already are given to a new role here; a fresh house gives its defaults.
INSERT INTO role (code) VALUES ('enterprise');
INSERT INTO role_right (role, right_name)
SELECT 'enterprise', name FROM right_definition WHERE name IN ('event.follow');
