//! What vendors' items mean is data.

use jt808::{Body, By, Fix, Hex, Item, Lid, Load, Message, Position, PositionRef, Tipper, VendorTable};

fn body(vendor: &VendorTable, status: u32, items: Vec<Item>) -> Body {
    let position = Position { fix: Fix { status, ..Fix::default() }, items, tail: Hex::default() };
    let mut bytes = Vec::new();
    Message::Position(position).write(jt808::Edition::Y2013, &mut bytes).expect("a body");
    vendor.body(&PositionRef::read(&bytes).expect("a position"))
}

#[test]
fn every_table_that_ships_can_be_read() {
    for code in VendorTable::codes() {
        let table = VendorTable::built_in(code).unwrap_or_else(|| panic!("{code}"));
        assert_eq!(table.rules.is_empty(), code == "standard");
        assert_eq!(table.provisional, !["standard", "simulated"].contains(&code), "what was inferred says so");
    }
    assert_eq!(VendorTable::built_in("nobody"), None);
}

#[test]
fn without_a_table_only_the_load_is_known() {
    let table = VendorTable::built_in("standard").expect("it ships");
    assert_eq!(body(&table, 0x300, vec![]), Body { load: Some(Load::Full), ..Body::default() });
    assert_eq!(body(&table, 0x200, vec![]), Body::default(), "a reserved value says nothing");
}

#[test]
fn the_same_word_is_told_apart_by_vendor() {
    let (a, b) = (VendorTable::built_in("slag-a").expect("a"), VendorTable::built_in("slag-b").expect("b"));
    let item = |id, value: &[u8]| vec![Item::Raw { id, value: Hex(value.to_vec()) }];
    let said = body(&a, 0, item(0xe1, &[0b1111, 0b0110_1101 & 0x3f]));
    let expected = Body {
        lid: Some(Lid::Closed),
        tipper: Some(Tipper::Raised),
        load: Some(Load::Full),
        load_kg: None,
        lock: Some(By::Platform),
        speed_limited: Some(By::Both),
        tip_limited: Some(By::Local),
    };
    assert_eq!(said, expected);
    let said = body(&b, 0x300, item(0xe2, &[1, 1, 2]));
    let expected = Body { lid: Some(Lid::Open), tipper: Some(Tipper::Flat), load: Some(Load::Empty), ..Body::default() };
    assert_eq!(said, expected, "the item counts, not the status");
    assert_eq!(body(&b, 0, item(0xe2, &[9])), Body::default(), "an unknown value, and bytes that are not there, say nothing");
}

#[test]
fn a_weight_is_in_kilograms() {
    let table = VendorTable::built_in("gps51").expect("it ships");
    let said = body(&table, 0, vec![Item::Raw { id: 0x55, value: Hex(vec![0, 2, 0x49, 0xf0, 0, 0, 0, 0]) }]);
    assert_eq!(said.load_kg, Some(15_000));
}

#[test]
fn a_table_that_is_wrong_says_where() {
    let head = "item,offset,width,mask,field,values,unit,provisional,source\n";
    for (row, what) in [
        ("E1,0,1,1FF,lid,0=open,,no,x", "宽度"),
        ("E1,0,1,01,lid,0=ajar,,no,x", "取值"),
        ("E1,0,1,01,lid,,,no,x", "取值对照"),
        ("ZZ,0,1,01,lid,0=open,,no,x", "十六进制"),
        ("E1,0,1,FF,load_kg,,-1,no,x", "单位"),
        ("E1,0,1,01,doors,0=open,,no,x", ""),
    ] {
        let error = VendorTable::parse("test", &format!("{head}{row}\n")).expect_err(row);
        assert!(error.what.contains(what) && error.line == 2, "{row}: {error}");
    }
}
