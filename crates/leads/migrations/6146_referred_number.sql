-- The number under which a neighbour city referred a lead to us, where its request bears one: what it shows in its own list is then known.
create index lead_referred_number on lead ((details ->> 'referred_number')) where source = 'open311' and details ? 'referred_number';
