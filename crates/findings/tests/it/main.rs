//! Rules on tracks made by hand, and the room on a real database.

mod drive;

mod rules;
