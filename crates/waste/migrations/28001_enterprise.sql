-- Who speaks for an enterprise (企业用户): sees and applies for what is its own. Roles stand in identity's table; nothing but construction waste
-- has enterprises yet. The standard data of the city are the house's: its pages need none of them.
INSERT INTO role (code) VALUES ('enterprise') ON CONFLICT DO NOTHING;
INSERT INTO role_right (role, right_name)
SELECT 'enterprise', name FROM right_definition WHERE name IN ('event.follow') ON CONFLICT DO NOTHING;
