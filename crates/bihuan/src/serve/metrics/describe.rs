//! What each metric means, and the series that are there before anything happened: an alert on a rate needs the zero it rises from.

use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge};

/// Counters with the codes of their one label.
const COUNTERS: [(&str, &str, &[&str], &str); 12] = [
    (
        "bihuan_reports_total",
        "outcome",
        &["kept", "present", "refused", "spooled"],
        "Reports at the intake: kept, known before, refused because too many waited, put into the spool (上报)",
    ),
    (
        "bihuan_machine_events_total",
        "outcome",
        &["seen", "found", "merged", "weak", "quiet", "off", "late", "absent", "gone", "present", "refused"],
        "Machine events by what became of them (机器事件)",
    ),
    ("bihuan_files_total", "outcome", &["kept", "refused"], "Files that came in whole (上传)"),
    ("bihuan_file_bytes_total", "outcome", &["kept", "refused"], "Bytes of these files"),
    ("bihuan_sign_ins_total", "outcome", &["success", "failed", "locked", "totp-failed"], "Sign-ins by how they went (登录)"),
    ("bihuan_webhook_tries_total", "outcome", &["taken", "failed"], "Tries of webhook deliveries (推送)"),
    ("bihuan_answer_tries_total", "outcome", &["taken", "failed"], "Tries of answers to sources (回传)"),
    (
        "bihuan_jt808_frames_total",
        "outcome",
        &["bad", "refused", "given-up", "dropped", "unsupported"],
        "Frames of terminals that led to nothing: bad, parts refused or given up, datagrams dropped, messages nobody here does (车载终端报文)",
    ),
    ("bihuan_jt808_positions_total", "outcome", &["stored", "refused", "malformed"], "Positions of vehicles by what became of them"),
    (
        "bihuan_jt808_connections_total",
        "outcome",
        &["refused", "replaced", "stranger", "wrong-code", "noise", "flood", "slow", "left"],
        "Connections of terminals that were refused, replaced or ended, by why",
    ),
    ("bihuan_jt808_registrations_total", "outcome", &["registered", "refused"], "Registrations of terminals"),
    ("bihuan_limits_told_total", "what", &["warning", "missed"], "Limits told by the scheduler (时限提醒)"),
];

/// Gauges and what they mean.
const GAUGES: [(&str, &str); 23] = [
    ("bihuan_build_info", "The program's version, always 1"),
    ("bihuan_database_up", "1 while the database answers within three seconds"),
    ("bihuan_database_connections", "Connections of the pool by state"),
    ("bihuan_database_connections_max", "Connections that the pool may have"),
    ("bihuan_outbox_waiting", "Events that the relay has not taken (outbox depth), up to 100,000"),
    ("bihuan_outbox_oldest_seconds", "Age of the oldest of them (relay lag)"),
    ("bihuan_outbox_failing", "Events that a consumer could not take yet"),
    ("bihuan_outbox_given_up", "Events given up for a consumer"),
    ("bihuan_webhook_deliveries", "Webhook deliveries that wait, that failed and wait, that are dead"),
    ("bihuan_intake_waiting", "Reports that wait for the next commit"),
    ("bihuan_intake_capacity", "Reports that may wait"),
    ("bihuan_spool_reports", "Reports in the spool: that wait for the database, that were put aside (暂存)"),
    ("bihuan_spool_bytes", "Bytes of these reports"),
    ("bihuan_answers", "Answers to sources that wait, that failed and wait, that a person owes, that are dead"),
    ("bihuan_machine_batches_waiting", "Batches of machine events that wait for the next commit"),
    ("bihuan_machine_batches_capacity", "Batches that may wait"),
    ("bihuan_sightings_waiting", "Sightings that wait for a person"),
    ("bihuan_finding_days_waiting", "Days of vehicles that are due and wait to be judged by the rules"),
    ("bihuan_finding_oldest_seconds", "For how long the oldest of them waits"),
    ("bihuan_jt808_sessions", "Terminals that are connected to this program"),
    ("bihuan_limits_untold", "Limits past their time that are not told yet"),
    ("bihuan_scheduler_lag_seconds", "For how long the oldest of them waits"),
    ("bihuan_leads_open", "Open leads by their light, at most a minute old"),
];

/// Describes everything.
pub fn all() {
    for (name, label, codes, words) in COUNTERS {
        describe_counter!(name, words);
        for code in codes {
            counter!(name, label => *code).absolute(0);
        }
    }
    describe_counter!("bihuan_intake_commits_total", "Commits of the intake; reports by commits is how many share one");
    counter!("bihuan_intake_commits_total").absolute(0);
    describe_counter!("bihuan_track_points_total", "Points of vehicles that are durable, those that came twice included");
    counter!("bihuan_track_points_total").absolute(0);
    describe_counter!("bihuan_track_commits_total", "Commits of the tracks; points by commits is how many share one");
    counter!("bihuan_track_commits_total").absolute(0);
    describe_counter!("bihuan_http_requests_total", "Requests by route template, method and status");
    describe_histogram!(
        "bihuan_http_request_seconds",
        metrics::Unit::Seconds,
        "Time until the answer begins, by route template and method"
    );
    for (name, words) in GAUGES {
        describe_gauge!(name, words);
    }
    metrics_process::Collector::default().describe();
    gauge!("bihuan_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
}
