//! What is written is read as the same, in each edition that has it.

use jt808::{
    AreaKind, AreaRules, Circle, Device, Edition, Fix, GeneralAnswer, Hex, Item, Limit, Message, Moment, Packet, Parameter, ParameterValue,
    Phone, Polygon, Position, Rectangle, Register, Resend, Route, Turn,
};
use proptest::{collection::vec, option, prelude::*};

use crate::packets;

fn text(most: usize) -> impl Strategy<Value = String> {
    vec(prop_oneof![Just('粤'), Just('渣'), Just('A'), Just('~'), Just('}'), proptest::char::range('0', '9')], 0..most)
        .prop_map(String::from_iter)
}

fn moment() -> impl Strategy<Value = Moment> {
    any::<[u8; 6]>().prop_map(Moment::packed)
}

fn hex_bytes(most: usize) -> impl Strategy<Value = Hex> {
    vec(any::<u8>(), 0..most).prop_map(Hex)
}

fn item() -> impl Strategy<Value = Item> {
    // Whatever the bytes are, they are read as what they fit.
    (
        prop_oneof![
            Just(1_u8),
            Just(3),
            Just(5),
            Just(0x11),
            Just(0x12),
            Just(0x13),
            Just(0x25),
            Just(0x2a),
            Just(0x2b),
            Just(0x30),
            any::<u8>()
        ],
        vec(any::<u8>(), 0..33),
    )
        .prop_map(|(id, bytes)| Item::of(id, &bytes))
}

prop_compose! {
    fn fix()(alarm in any::<u32>(), status in any::<u32>(), latitude in any::<u32>(), longitude in any::<u32>(), altitude in any::<u16>(),
        speed in any::<u16>(), direction in any::<u16>(), time in moment()) -> Fix {
        Fix { alarm, status, latitude, longitude, altitude, speed, direction, time }
    }
}

fn position() -> impl Strategy<Value = Position> {
    (fix(), vec(item(), 0..6)).prop_map(|(fix, items)| Position { fix, items, tail: Hex::default() })
}

fn limit(edition: Edition) -> impl Strategy<Value = Option<Limit>> {
    option::of((any::<u16>(), any::<u8>(), any::<u16>())).prop_map(move |it| {
        it.map(|(highest, seconds, night)| Limit { highest, seconds, night: (edition == Edition::Y2019).then_some(night) })
    })
}

fn rules(edition: Edition) -> impl Strategy<Value = AreaRules> {
    (any::<u16>(), option::of((moment(), moment())), limit(edition), text(8)).prop_map(move |(bits, hours, limit, name)| AreaRules {
        attributes: bits & !3,
        hours,
        limit,
        name: if edition == Edition::Y2019 { name } else { String::new() },
    })
}

fn areas(edition: Edition) -> impl Strategy<Value = Message> {
    let pair = || (any::<u32>(), any::<u32>());
    let circle = (any::<u32>(), rules(edition), any::<[u32; 3]>()).prop_map(|(id, rules, [latitude, longitude, radius])| Circle {
        id,
        rules,
        latitude,
        longitude,
        radius,
    });
    let rectangle = (any::<u32>(), rules(edition), pair(), pair()).prop_map(|(id, rules, top_left, bottom_right)| Rectangle {
        id,
        rules,
        top_left,
        bottom_right,
    });
    let turn = (any::<[u32; 4]>(), any::<u8>(), any::<u8>(), option::of((any::<u16>(), any::<u16>())), limit(edition)).prop_map(
        |([id, segment, latitude, longitude], width, bits, times, limit)| Turn {
            id,
            segment,
            latitude,
            longitude,
            width,
            attributes: bits & !3,
            times,
            limit,
        },
    );
    prop_oneof![
        (any::<u8>(), vec(circle, 0..4)).prop_map(|(action, areas)| Message::SetCircles { action, areas }),
        (any::<u8>(), vec(rectangle, 0..4)).prop_map(|(action, areas)| Message::SetRectangles { action, areas }),
        (any::<u32>(), rules(edition), vec(pair(), 0..9)).prop_map(|(id, rules, corners)| Message::SetPolygon(Polygon {
            id,
            rules,
            corners
        })),
        (any::<u32>(), rules(edition), vec(turn, 0..30)).prop_map(|(id, rules, turns)| Message::SetRoute(Route {
            id,
            rules: AreaRules { limit: None, ..rules },
            turns
        })),
        (
            prop_oneof![Just(AreaKind::Circle), Just(AreaKind::Rectangle), Just(AreaKind::Polygon), Just(AreaKind::Route)],
            vec(any::<u32>(), 0..125)
        )
            .prop_map(|(kind, ids)| Message::DeleteAreas { kind, ids }),
        (any::<u8>(), vec(any::<u32>(), 0..9)).prop_map(|(kind, ids)| Message::QueryAreas { kind, ids }),
    ]
}

fn parameters() -> impl Strategy<Value = Vec<Parameter>> {
    let one = prop_oneof![
        any::<u32>().prop_map(|it| Parameter { id: 0x29, value: ParameterValue::Dword(it) }),
        any::<u16>().prop_map(|it| Parameter { id: 0x31, value: ParameterValue::Word(it) }),
        any::<u8>().prop_map(|it| Parameter { id: 0x84, value: ParameterValue::Byte(it) }),
        text(9).prop_map(|it| Parameter { id: 0x83, value: ParameterValue::Text(it) }),
        hex_bytes(20).prop_map(|it| Parameter { id: 0xf001, value: ParameterValue::Raw(it) }),
    ];
    vec(one, 0..9)
}

fn signing_on(edition: Edition) -> impl Strategy<Value = Message> {
    let device = (text(8), text(9)).prop_map(|(imei, version)| Device { imei, version });
    prop_oneof![
        (any::<u16>(), any::<u16>(), text(3), text(4), text(4), any::<u8>(), text(9)).prop_map(
            move |(province, city, maker, model, terminal, colour, plate)| Message::Register(Register {
                edition: if edition == Edition::Y2013 && plate.len() > 20 { Edition::Y2011 } else { edition },
                province,
                city,
                maker,
                model,
                terminal,
                colour,
                plate: if edition == Edition::Y2013 && plate.len() > 20 { "粤A12345".to_owned() } else { plate },
            })
        ),
        (any::<u16>(), text(20)).prop_map(|(serial, code)| Message::RegisterAnswer { serial, result: 0, code }),
        (text(20), device)
            .prop_map(move |(code, device)| Message::Authenticate { code, device: (edition == Edition::Y2019).then_some(device) }),
    ]
}

fn message(edition: Edition) -> impl Strategy<Value = Message> {
    let general = || (any::<u16>(), any::<u16>(), any::<u8>()).prop_map(|(serial, id, result)| GeneralAnswer { serial, id, result });
    let resend = || (any::<u16>(), vec(any::<u16>(), 0..200)).prop_map(|(first_serial, numbers)| Resend { first_serial, numbers });
    let answers = prop_oneof![
        general().prop_map(Message::TerminalAnswer),
        general().prop_map(Message::PlatformAnswer),
        resend().prop_map(Message::TerminalLacks),
        resend().prop_map(Message::PlatformLacks),
        moment().prop_map(|time| Message::Time { time }),
        prop_oneof![
            Just(Message::Heartbeat),
            Just(Message::Unregister),
            Just(Message::AskTime),
            Just(Message::QueryParameters),
            Just(Message::QueryPosition)
        ],
        parameters().prop_map(|parameters| Message::SetParameters { parameters }),
        (any::<u16>(), parameters()).prop_map(|(serial, parameters)| Message::Parameters { serial, parameters }),
        (any::<u16>(), option::of(any::<u32>())).prop_map(|(interval, seconds)| Message::Follow { interval, seconds }),
        (any::<u16>(), any::<u32>()).prop_map(|(serial, kinds)| Message::ConfirmAlarm { serial, kinds }),
    ];
    prop_oneof![
        answers,
        signing_on(edition),
        areas(edition),
        position().prop_map(Message::Position),
        (any::<u16>(), position()).prop_map(|(serial, position)| Message::PositionAnswer { serial, position }),
        (any::<u8>(), vec(position(), 0..6)).prop_map(|(kind, positions)| Message::Batch { kind, positions }),
        (any::<u8>(), any::<u8>(), text(400)).prop_map(move |(flag, kind, text)| Message::Text {
            flag,
            kind: (edition == Edition::Y2019).then_some(kind),
            text
        }),
        any::<(u32, u8, u8, u8, u8)>().prop_map(|(media, kind, format, event, channel)| Message::Media {
            media,
            kind,
            format,
            event,
            channel
        }),
        hex_bytes(300).prop_map(|body| Message::Raw { id: 0x0900, body }),
    ]
}

fn packet() -> impl Strategy<Value = Packet> {
    let edition = prop_oneof![Just(Edition::Y2013), Just(Edition::Y2019)];
    edition.prop_flat_map(|edition| {
        let digits = if edition == Edition::Y2019 { "[0-9]{1,20}" } else { "[0-9]{1,12}" };
        let version = (edition == Edition::Y2019).then_some(1);
        (message(edition), digits, any::<u16>()).prop_map(move |(message, digits, serial)| {
            let phone = digits.parse::<Phone>().expect("digits");
            Packet { edition, version, phone, serial, encryption: 0, part: None, message, surplus: Hex::default() }
        })
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same(packet in packet()) {
        let frames = packet.frames().expect("it can be written");
        if let [frame] = &frames[..] {
            let read = packets(frame);
            prop_assert_eq!(read.len(), 1);
            prop_assert_eq!(read[0].as_ref().expect("sound"), &packet);
        } else {
            let mut assembly = jt808::Assembly::default();
            let mut whole = None;
            jt808::Framer::default().feed(&frames.concat(), |frame| {
                let frame = frame.expect("sound");
                if let jt808::Offered::Whole { body, serial } = assembly.offer(&frame, std::time::Duration::ZERO) {
                    whole = Some((serial, Message::read(frame.header.id, frame.header.edition, &body).expect("a body").0));
                }
            });
            prop_assert_eq!(whole, Some((packet.serial, packet.message)));
        }
    }

    #[test]
    fn json_is_the_same_packet(packet in packet()) {
        let text = serde_json::to_string(&packet).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Packet>(&text).expect("it is read"), packet);
    }
}

#[test]
fn what_an_edition_does_not_have_is_refused() {
    let text = Message::Text { flag: 0, kind: Some(1), text: "停".to_owned() };
    assert!(text.write(Edition::Y2013, &mut Vec::new()).is_err());
    let text = Message::Text { flag: 0, kind: None, text: "停😀".to_owned() };
    assert!(text.write(Edition::Y2013, &mut Vec::new()).is_err(), "GBK has no such character");
    let phone = "12345678901234567890".parse::<Phone>().expect("twenty digits");
    let packet = Packet {
        edition: Edition::Y2013,
        version: None,
        phone,
        serial: 0,
        encryption: 0,
        part: None,
        message: Message::Heartbeat,
        surplus: Hex::default(),
    };
    assert!(packet.frames().is_err(), "twelve digits are all that 2013 has room for");
}
