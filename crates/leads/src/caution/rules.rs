//! When a report is marked: pure rules and their numbers, all of them the house's own.

use chrono::Duration;

/// The same picture within so many metres is the same problem, reported again: that is the duplicate finder's, not a mark.
const SAME_PLACE: f64 = 200.0;
/// Reports within so many metres are of one place.
pub(super) const METRES: f64 = 50.0;
/// In so long before a report, itself included.
pub(super) const WINDOW: Duration = Duration::hours(1);
/// So many are worth a look. A burst water main makes as many: it is a mark and no refusal.
const MANY: usize = 5;
/// A screen is at least so much longer than wide; cameras make 4:3 (1.33), 3:2 (1.5) and 16:9 (1.78).
const SCREEN_RATIO: f64 = 1.7;
/// Longer than this no camera makes, unless somebody cut the picture: phones' screens are 19:9 (2.11) to 21:9 (2.33).
const LONG_RATIO: f64 = 2.0;
/// Pixels across of common phones' screens; what was sent on through a chat is often made smaller and then not among them.
const SCREEN_WIDTHS: [i32; 17] = [640, 720, 750, 828, 1080, 1125, 1170, 1179, 1206, 1220, 1240, 1242, 1260, 1284, 1290, 1320, 1440];

/// What is known of a picture without looking at what it shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Looks {
    pub png: bool,
    pub width: i32,
    pub height: i32,
    /// A camera wrote when or where it was taken.
    pub has_camera: bool,
}

/// Why a picture is taken for a screen shot. It catches whole screens of phones: stored without loss in a screen's shape, or longer than any
/// camera's picture and as wide as a screen. It does not catch what was cut, made smaller, or photographed off a screen, and it may mark a
/// long panorama or a scanned page: hence a reason to look.
pub(super) fn screenshot(looks: Looks) -> Option<String> {
    let Looks { png, width, height, has_camera } = looks;
    if has_camera || width <= 0 || height <= 0 {
        return None;
    }
    let ratio = f64::from(height.max(width)) / f64::from(height.min(width));
    let screen_wide = SCREEN_WIDTHS.contains(&width.min(height));
    let why = if png && ratio >= SCREEN_RATIO && screen_wide {
        "无损格式、手机屏幕尺寸、没有拍摄信息"
    } else if ratio >= LONG_RATIO && screen_wide {
        "手机屏幕的长宽比和宽度、没有拍摄信息"
    } else {
        return None;
    };
    Some(format!("照片像是截屏（{width}×{height}，{why}），请核对是否现场所拍"))
}

/// Why a picture that another report had is worth a look; nothing where both are of one place.
pub(super) fn repeated(bits: u32, distance_m: Option<f64>) -> Option<String> {
    let same = if bits == 0 { "有一模一样的照片" } else { "有几乎一样的照片" };
    match distance_m {
        Some(metres) if metres <= SAME_PLACE => None,
        Some(metres) if metres < 1_000.0 => Some(format!("{same}，但在 {metres:.0} 米外")),
        Some(metres) => Some(format!("{same}，但在 {:.1} 公里外", metres / 1_000.0)),
        None => Some(format!("{same}，位置无法比较")),
    }
}

/// Why so many reports of one place are worth a look.
pub(super) fn crowded(count: usize) -> Option<String> {
    (count >= MANY).then(|| format!("一小时内此处 50 米范围有 {count} 件市民上报，请核对是否同一件或有人刷报"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(png: bool, width: i32, height: i32, has_camera: bool) -> Looks {
        Looks { png, width, height, has_camera }
    }

    #[test]
    fn whole_screens_are_marked_and_what_cameras_make_is_not() {
        for screen in [(true, 1080, 1920), (true, 1170, 2532), (false, 1080, 2400), (true, 1920, 1080), (false, 1179, 2556)] {
            assert!(screenshot(looks(screen.0, screen.1, screen.2, false)).is_some(), "{screen:?}");
        }
        for camera in [(false, 3024, 4032), (false, 1080, 1440), (false, 1080, 1920), (true, 1200, 1600), (false, 1000, 2200)] {
            assert!(screenshot(looks(camera.0, camera.1, camera.2, false)).is_none(), "{camera:?}");
        }
        assert!(screenshot(looks(true, 1170, 2532, true)).is_none(), "a camera wrote into it");
        assert!(screenshot(looks(true, 0, 0, false)).is_none());
    }

    #[test]
    fn the_same_picture_at_the_same_place_is_a_duplicate_and_no_mark() {
        assert_eq!(repeated(0, Some(120.0)), None);
        assert_eq!(repeated(0, Some(600.0)).unwrap(), "有一模一样的照片，但在 600 米外");
        assert_eq!(repeated(5, Some(2_400.0)).unwrap(), "有几乎一样的照片，但在 2.4 公里外");
        assert!(repeated(5, None).is_some());
    }

    #[test]
    fn five_within_an_hour_are_many() {
        assert_eq!(crowded(4), None);
        assert!(crowded(5).unwrap().contains("5 件"));
    }
}
