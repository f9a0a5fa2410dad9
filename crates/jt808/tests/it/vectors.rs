//! Frames of other programs' tests and of their terminals, by their numbers in the fact sheet (`domain/jt808.md`, section 4).
//!
//! Where the sheet gives the beginning and the check byte alone, the rest is made from its description and the check byte decides:
//! 10, 12, 19, 20 (circles). Not here, because their corners or their header were not given: the rectangles and the route of 20.

use jt808::{
    AreaKind, AreaRules, Circle, Device, Edition, Fix, GeneralAnswer, Hex, Item, Limit, Message, Moment, Packet, Parameter, ParameterValue,
    Polygon, Position, Register,
};

use crate::{only, same};

fn moment(text: &str) -> Moment {
    text.parse().expect("twelve digits")
}

fn phone(text: &str) -> jt808::Phone {
    text.parse().expect("a number")
}

fn position(packet: Packet) -> Position {
    match packet.message {
        Message::Position(position) => position,
        other => panic!("a position, not {other:?}"),
    }
}

fn word(value: u32) -> Item {
    Item::Mileage { value }
}

#[test]
fn vector_01_a_position_with_both_escapes() {
    let packet = same("7E0200002612345678901200 7D02 000000010000000200BA7F0E07E4F11C0028003C00001810151010100104000000640202007D01 13 7E");
    assert_eq!((packet.edition, packet.phone, packet.serial), (Edition::Y2013, phone("123456789012"), 126));
    let position = position(packet);
    let fix = Fix {
        alarm: 1,
        status: 2,
        latitude: 12_222_222,
        longitude: 132_444_444,
        altitude: 40,
        speed: 60,
        direction: 0,
        time: moment("181015101010"),
    };
    assert_eq!(position.fix, fix);
    assert_eq!(position.items, [word(100), Item::Fuel { value: 125 }]);
    assert_eq!(fix.at().expect("a date").to_rfc3339(), "2018-10-15T02:10:10+00:00");
    assert_eq!(fix.place(), Some((132_444_444, 12_222_222)));
    assert!(fix.fixed() && !fix.ignition());
}

#[test]
fn vector_02_a_heartbeat() {
    let packet = same("7E00020000012345678900000A817E");
    assert_eq!((packet.phone, packet.serial, packet.message), (phone("012345678900"), 10, Message::Heartbeat));
}

#[test]
fn vector_03_a_check_byte_that_is_escaped() {
    let packet = same("7E000200000400216792 87002B7D027E");
    assert_eq!((packet.phone, packet.serial, packet.message), (phone("040021679287"), 43, Message::Heartbeat));
}

fn registered(edition: Edition) -> Message {
    Message::Register(Register {
        edition,
        province: 40,
        city: 50,
        maker: "1234".to_owned(),
        model: "smallchi123".to_owned(),
        terminal: "CHI123".to_owned(),
        colour: 1,
        plate: "粤A12345".to_owned(),
    })
}

#[test]
fn vector_04_a_registration_of_2013() {
    let packet =
        same("7E0100002D000123456789000A002800323132333400736D616C6C6368693132330000000000000000004348493132330001D4C14131323334358A7E");
    assert_eq!((packet.serial, packet.message), (10, registered(Edition::Y2013)));
}

#[test]
fn vector_05_a_registration_of_2019() {
    let packet = same(
        "7E010040540100000000000123456789000A002800323132333400000000000000736D616C6C6368693132330000000000000000000000000000000000000043484931323300000000000000000000000000000000000000000000000001D4C1413132333435B27E",
    );
    assert_eq!((packet.edition, packet.version, packet.phone), (Edition::Y2019, Some(1), phone("00000000000123456789")));
    assert_eq!(packet.message, registered(Edition::Y2019));
}

#[test]
fn vector_06_an_answer_to_a_registration() {
    let packet = same("7e8100000e01234567890100000000003132333435363738393031377e");
    assert_eq!(packet.message, Message::RegisterAnswer { serial: 0, result: 0, code: "12345678901".to_owned() });
}

#[test]
fn vector_07_a_code_of_2013() {
    let packet = same("7e0102000b01234567890100003137323939383431373338b57e");
    assert_eq!(packet.message, Message::Authenticate { code: "17299841738".to_owned(), device: None });
}

#[test]
fn vector_08_a_code_of_2019() {
    let packet = same(
        "7e0102402f010000000001729984173800000b3137323939383431373338313233343536373839303132333435332e372e31350000000000000000000000000000227e",
    );
    let device = Device { imei: "123456789012345".to_owned(), version: "3.7.15".to_owned() };
    assert_eq!(packet.message, Message::Authenticate { code: "17299841738".to_owned(), device: Some(device) });
}

const ALL_ITEMS: &str = "000004000000080006eeb6ad02633df701380003006320070719235901040000000b02020016030200210402002c051e3737370000000000000000000000000000000000000000000000000000001105420000004212064d0000004d4d1307000000580058582504000000632a02000a2b040000001430011e310128";

#[test]
fn vector_09_every_item_and_a_place_that_is_not_on_earth() {
    let position = position(same(&format!("7e0200007c0123456789017fff{ALL_ITEMS}6b7e")));
    let fix = position.fix;
    assert_eq!((fix.alarm, fix.status, fix.latitude, fix.longitude), (0x400, 0x800, 116_307_629, 40_058_359));
    assert_eq!((fix.altitude, fix.speed, fix.direction, fix.time), (312, 3, 99, moment("200707192359")));
    assert_eq!(fix.place(), None, "its author had latitude and longitude the wrong way round");
    assert_eq!(jt808::raised(fix.alarm).map(|alarm| alarm.code).collect::<Vec<_>>(), ["speech-fault"]);
    let mut tyres = vec![0x37, 0x37, 0x37];
    tyres.resize(30, 0);
    let expected = [
        word(11),
        Item::Fuel { value: 22 },
        Item::RecorderSpeed { value: 33 },
        Item::AlarmEvent { value: 44 },
        Item::TyrePressure { value: Hex(tyres) },
        Item::Overspeed { kind: 0x42, area: Some(66) },
        Item::Crossing { kind: 0x4d, area: 77, direction: 0x4d },
        Item::Segment { segment: 88, seconds: 88, result: 0x58 },
        Item::Signals { value: 99 },
        Item::Io { value: 10 },
        Item::Analogue { ad0: 20, ad1: 0 },
        Item::Signal { value: 30 },
        Item::Satellites { value: 40 },
    ];
    assert_eq!(position.items, expected);
}

#[test]
fn vector_10_the_same_body_in_the_frame_of_2019() {
    let packet = same(&format!("7e0200407c0100000000017299841738ffff{ALL_ITEMS}637e"));
    assert_eq!((packet.edition, packet.phone, packet.serial), (Edition::Y2019, phone("17299841738"), 65535));
    assert_eq!(position(packet).items.len(), 13);
}

#[test]
fn vector_11_a_batch_of_two() {
    let packet = same(
        "7E0704005311223344556622B80002000026000000010000000200BA7F0E07E4F11C0028003C0000180715101010010400000064020200370026000000020000000100CB735507E6A32300290036007818071510103001040000006002020042D47E",
    );
    let Message::Batch { kind: 0, positions } = packet.message else { panic!("a batch") };
    let [first, second] = &positions[..] else { panic!("two positions") };
    assert_eq!((first.fix.time, &first.items[..]), (moment("180715101010"), &[word(100), Item::Fuel { value: 55 }][..]));
    let fix = second.fix;
    assert_eq!((fix.alarm, fix.status, fix.latitude, fix.longitude), (2, 1, 13_333_333, 132_555_555));
    assert_eq!((fix.altitude, fix.speed, fix.direction, fix.time), (41, 54, 120, moment("180715101030")));
    assert_eq!(second.items, [word(96), Item::Fuel { value: 66 }]);
}

#[test]
fn vector_12_a_batch_from_where_there_was_no_network() {
    // Three times the fixed part of number 9: the check byte of the sheet agrees.
    let one = format!("001c{}", &ALL_ITEMS[..56]);
    let packet = same(&format!("7e0704005d0123456789017fff000301{one}{one}{one}067e"));
    let Message::Batch { kind: 1, positions } = packet.message else { panic!("a batch") };
    assert_eq!(positions.len(), 3);
    assert!(positions.iter().all(|position| *position == positions[0] && position.items.is_empty()));
}

#[test]
fn vector_13_a_parameter() {
    let packet = same("7E8103000A000123456789000A0100000001040000000A057E");
    let parameters = vec![Parameter { id: 1, value: ParameterValue::Dword(10) }];
    assert_eq!(packet.message, Message::SetParameters { parameters });
}

#[test]
fn vectors_14_to_16_texts() {
    let packet = same("7E8300000D012345678900000105736D616C6C63686920353138027E");
    assert_eq!(packet.message, Message::Text { flag: 0b101, kind: None, text: "smallchi 518".to_owned() });
    let packet = same("7E8300400E010000000001234567890000010501736D616C6C63686920353138417E");
    assert_eq!(packet.message, Message::Text { flag: 5, kind: Some(1), text: "smallchi 518".to_owned() });
    let packet = same("7e830000180123456789017fff09b2e2cad43132334034353623616263212e2e2ebde1caf8b17e");
    assert_eq!(packet.message, Message::Text { flag: 0b1001, kind: None, text: "测试123@456#abc!...结束".to_owned() });
}

#[test]
fn vector_17_circles_are_deleted() {
    let packet = same("7e860100110123456789017fff040000000100000002000000030000ffff9a7e");
    assert_eq!(packet.message, Message::DeleteAreas { kind: AreaKind::Circle, ids: vec![1, 2, 3, 65535] });
}

const POLYGON: &str = "000000030003200707192359200707192359007b3c0005\
    0000007b000001590000007b000001590000007b000001590000007b000001590000007b00000159";

#[test]
fn vectors_18_and_19_a_polygon() {
    let body = POLYGON;
    let mut expected = Polygon {
        id: 3,
        rules: AreaRules {
            attributes: 0,
            hours: Some((moment("200707192359"), moment("200707192359"))),
            limit: Some(Limit { highest: 123, seconds: 60, night: None }),
            name: String::new(),
        },
        corners: vec![(123, 345); 5],
    };
    let packet = same(&format!("7e8604003f0123456789017fff{body}d47e"));
    assert_eq!(packet.message, Message::SetPolygon(expected.clone()));
    expected.rules.limit = Some(Limit { highest: 123, seconds: 60, night: Some(0) });
    let packet = same(&format!("7e860440430100000000017299841738ffff{body}00000000a07e"));
    assert_eq!(packet.message, Message::SetPolygon(expected));
}

#[test]
fn vector_20_five_circles() {
    for (edition, number, serial, night, check) in
        [(Edition::Y2013, "12345678901", 0x7fff, None, 0xc5), (Edition::Y2019, "17299841738", 0xffff, Some(40), 0xcd)]
    {
        let circle = |id: u32| Circle {
            id,
            rules: AreaRules {
                attributes: 0,
                hours: Some((moment("200726000000"), moment("200726232359"))),
                limit: Some(Limit { highest: 200, seconds: 30, night }),
                name: night.map(|_| format!("测试围栏{id}")).unwrap_or_default(),
            },
            latitude: 123_123,
            longitude: 112_312,
            radius: 123,
        };
        let message = Message::SetCircles { action: 2, areas: (1..=5).map(circle).collect() };
        let (phone, version) = (phone(number), None);
        let packet = Packet { edition, version, phone, serial, encryption: 0, part: None, message, surplus: Hex::default() };
        let frame = packet.frames().expect("a frame").remove(0);
        assert_eq!(frame[frame.len() - 2], check, "the check byte of the sheet");
        assert_eq!(only(&frame).message, packet.message);
    }
}

#[test]
fn vector_21_a_check_byte_of_7d() {
    let packet = same("7e080040080100000000017299841738ffff0000007b000007017d017e");
    assert_eq!(packet.message, Message::Media { media: 123, kind: 0, format: 0, event: 7, channel: 1 });
}

#[test]
fn vector_22_general_answers() {
    let packet = same("7e000100050123456789017fff007b01c803bd7e");
    assert_eq!(packet.message, Message::TerminalAnswer(GeneralAnswer { serial: 123, id: 456, result: 3 }));
    let packet = same("7e8001000501234567890100007fff0002008e7e");
    assert_eq!(packet.message, Message::PlatformAnswer(GeneralAnswer { serial: 32767, id: 2, result: 0 }));
}

#[test]
fn vector_23_a_registration_of_2011() {
    let packet = same("7e010000200123456789010000001f007363640000007777772e3830382e3736353433323101b2e24131323334a17e");
    let expected = Register {
        edition: Edition::Y2011,
        province: 31,
        city: 115,
        maker: "cd".to_owned(),
        model: "www.808.".to_owned(),
        terminal: "7654321".to_owned(),
        colour: 1,
        plate: "测A1234".to_owned(),
    };
    assert_eq!(packet.message, Message::Register(expected));
}
