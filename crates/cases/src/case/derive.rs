//! What a step is done with (`Attempt`), derived wherever something tells it: who calls, certificates, times, what is planned and told.
//! What nothing tells is asked for, and stays in the step; a part that is not given counts against the step, never for it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};
use identity::Certificate;
use kernel::{
    calendar::Calendar,
    clock::shanghai,
    deadline::statutory::{due, rule},
    problem::Problem,
};
use law::procedure::{
    Action, Approver, Ask, Attempt, Change, Clock, Crew, Finding, Host, Hour, Means, Measure, Mode, Party, Reviewer, Transition,
};
use uuid::Uuid;

use super::{
    bars::is_on_spot,
    content::{CaseStepContent, FindingCode, MeansCode, MeasureCode, ServiceMode},
    missing,
    penalty::{CASH_ON_SPOT, Plan},
    record::Dossier,
    service::not_delivered,
};

/// 行政强制法第四十三条 forbids nights; the night is 22:00 to 6:00, as 环境噪声污染防治 law has it.
const NIGHT: (u32, u32) = (22, 6);
/// 行政强制法第四十六条第一款: thirty days of extra fine.
const DUNNED_DAYS: i64 = 30;

/// What is known beside the case and the content.
pub(super) struct Known<'a> {
    pub dossier: &'a Dossier,
    pub caller: Uuid,
    pub now: DateTime<Utc>,
    pub calendar: &'a Calendar,
    /// Of everybody named in the step and the caller.
    pub certificates: &'a HashMap<Uuid, Certificate>,
    /// Those who may approve on this ground.
    pub heads: &'a [Uuid],
    /// Active officers of this ground: who left counts no more.
    pub officers: &'a [Uuid],
    /// Active reviewers of this ground.
    pub reviewers: &'a [Uuid],
    /// The same party was fined for the same act in another case.
    pub fined_before: bool,
}

impl Known<'_> {
    fn today(&self) -> NaiveDate {
        self.now.with_timezone(&shanghai()).date_naive()
    }

    /// The officers who do it.
    pub fn crew(&self, content: &CaseStepContent) -> Vec<Uuid> {
        match &content.officers {
            Some(named) => named.clone(),
            None => self.dossier.officers.iter().filter(|officer| !officer.recused).map(|officer| officer.person).collect(),
        }
    }

    /// The handlers who still are: neither recused nor gone.
    pub fn handlers(&self) -> Vec<Uuid> {
        let standing = self.dossier.officers.iter().filter(|officer| !officer.recused).map(|officer| officer.person);
        standing.filter(|person| self.officers.contains(person)).collect()
    }

    pub fn crew_of(&self, content: &CaseStepContent) -> Crew {
        let crew = self.crew(content);
        if crew.iter().any(|person| self.dossier.is_recused(*person)) {
            return Crew::Recused;
        }
        let mut numbers: Vec<&str> = crew
            .iter()
            .filter(|person| self.officers.contains(person))
            .filter_map(|person| self.certificates.get(person))
            .filter(|certificate| certificate.is_valid_on(self.today()))
            .filter_map(|certificate| certificate.number.as_deref())
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        if numbers.len() >= 2 { Crew::Sound } else { Crew::OneCertificate }
    }

    fn is_head(&self, person: Uuid) -> bool {
        !self.dossier.is_handler(person) && self.heads.contains(&person)
    }

    fn reviewer(&self) -> Reviewer {
        if self.dossier.is_handler(self.caller) {
            return Reviewer::Handler;
        }
        let qualified = self.certificates.get(&self.caller).is_some_and(|certificate| certificate.legal_qualified);
        if qualified { Reviewer::Qualified } else { Reviewer::Unqualified }
    }

    fn host(&self, content: &CaseStepContent) -> Result<Host, Problem> {
        if self.dossier.is_handler(self.caller) {
            return Ok(Host::Investigator);
        }
        let related = content.related.ok_or_else(|| missing("related", "主持人与本案有无直接利害关系"))?;
        Ok(if related { Host::Related } else { Host::Outsider })
    }

    fn hour(&self, content: &CaseStepContent) -> Hour {
        let local = self.now.with_timezone(&shanghai());
        let night = local.hour() >= NIGHT.0 || local.hour() < NIGHT.1;
        let off = !self.calendar.is_working_day(local.date_naive());
        match (night || off, content.urgent.is_some(), night) {
            (false, _, _) => Hour::Working,
            (true, true, _) => Hour::UrgentNight,
            (true, false, true) => Hour::Night,
            (true, false, false) => Hour::Holiday,
        }
    }

    fn mode(&self, row: &Transition, content: &CaseStepContent) -> Result<Mode, Problem> {
        let mode = content.mode.ok_or_else(|| missing("mode", "送达方式"))?;
        let yes = |part: Option<bool>| part == Some(true);
        Ok(match mode {
            ServiceMode::Direct => Mode::Direct,
            ServiceMode::Left if yes(content.witnessed) || yes(content.recorded) => Mode::LeftWitnessed,
            ServiceMode::Left => Mode::LeftUnwitnessed,
            ServiceMode::Post | ServiceMode::Entrusted => Mode::Posted,
            // Nobody types in what arrived: the party's page did, and only there.
            ServiceMode::Electronic => {
                let reached = content.reached.as_deref().unwrap_or_default();
                let served = &self.dossier.served;
                if !reached.is_empty() && served.arrived(row, reached).is_some() {
                    Mode::ElectronicAgreed
                } else if !reached.is_empty() && reached.iter().all(|party| served.is_agreed(*party)) {
                    return Err(not_delivered());
                } else {
                    Mode::ElectronicUnagreed
                }
            }
            ServiceMode::Public if content.tried.is_some() => Mode::PublicLast,
            ServiceMode::Public => Mode::PublicFirst,
        })
    }

    fn measure(&self, content: &CaseStepContent) -> Result<Measure, Problem> {
        let measure = content.measure.ok_or_else(|| missing("measure", "查封扣押的批准情况"))?;
        Ok(match measure {
            MeasureCode::Before if content.approved_by.is_some_and(|person| self.is_head(person)) => Measure::Before,
            MeasureCode::Urgent if content.urgent.is_some() => Measure::Urgent,
            _ => Measure::Never,
        })
    }

    /// Whether an extra fine, stated in the decision, has run for more than thirty days.
    fn dunned(&self) -> bool {
        let stated = self.dossier.record.plan.as_ref().is_some_and(|plan| plan.surcharge);
        let ended = self.dossier.clocks.iter().filter(|row| row.clock == Clock::Payment.code() && row.ran_out).map(|row| row.due_at).max();
        stated && ended.is_some_and(|due| self.now > due + TimeDelta::days(DUNNED_DAYS))
    }

    fn in_time(&self, content: &CaseStepContent) -> Result<bool, Problem> {
        let hearing = content.hearing_at.ok_or_else(|| missing("hearing_at", "听证时间"))?;
        // 行政处罚法第六十四条第二项: the notice is served seven working days before.
        let period =
            rule("D06").map(|rule| rule.period).ok_or_else(|| Problem::internal("rule-missing", "缺少听证通知期限，请联系管理员"))?;
        Ok(self.now <= due(self.calendar, period, hearing).due_at)
    }

    /// Whether cash may be taken: decided on the spot, 100 yuan at most or hard to collect later (行政处罚法第六十八条); elsewhere because
    /// the place is remote and the party asks for it (第六十九条).
    fn takes_cash(&self, content: &CaseStepContent) -> bool {
        let record = &self.dossier.record;
        let small = record.plan.as_ref().is_some_and(|plan| plan.fine_fen <= CASH_ON_SPOT);
        let said = content.basis.is_some();
        record.fined && if is_on_spot(self.dossier) { small || said } else { said && content.agreed == Some(true) }
    }

    /// What the penalty is against what was told: heavier by its weight is heavier, whatever the amounts.
    fn change(&self, row: &Transition, content: &CaseStepContent) -> Result<Change, Problem> {
        let (plan, case) = (self.plan(content)?, self.dossier.facts());
        // What a review or a judgment changes is held against the decision itself, also by how heavy it is.
        if row.action == Action::Changed {
            let decided = self.dossier.record.plan.as_deref();
            let heavier = decided.is_some_and(|it| plan.weight(self.dossier.has_citizen()) > it.weight(self.dossier.has_citizen()));
            return Ok(if heavier { Change::Heavier } else { decided.map_or(Change::Same, |it| plan.altered(it)) });
        }
        let weight = plan.weight(self.dossier.has_citizen());
        let decides = matches!(row.action, Action::Decide | Action::DecideOnSpot);
        if decides && (weight > case.told || weight > case.weight) {
            return Ok(Change::Heavier);
        }
        Ok(plan.against(self.dossier.record.told.as_deref()))
    }

    /// Whether somebody else, who works here, looked through what is published.
    fn is_checked(&self, content: &CaseStepContent) -> bool {
        let works_here = |person: &Uuid| [self.officers, self.reviewers, self.heads].iter().any(|people| people.contains(person));
        content.checked_by.is_some_and(|person| person != self.caller && works_here(&person))
    }

    /// The plan that counts for this step.
    pub fn plan<'c>(&'c self, content: &'c CaseStepContent) -> Result<&'c Plan, Problem> {
        let planned = content.plan.as_ref().or(self.dossier.record.plan.as_deref());
        planned.ok_or_else(|| missing("plan", "拟处罚内容"))
    }

    /// The parts of an attempt that who calls alone decides; the rest proper. What a step is offered with.
    pub fn standing(&self) -> Attempt {
        let nothing = CaseStepContent::default();
        Attempt {
            crew: self.crew_of(&nothing),
            reviewer: self.reviewer(),
            host: if self.dossier.is_handler(self.caller) { Host::Investigator } else { Host::Outsider },
            second_fine: self.fined_before && self.dossier.record.plan.as_ref().is_some_and(|plan| plan.fines()),
            weight: self.dossier.record.plan.as_ref().map_or(Attempt::default().weight, |plan| plan.weight(self.dossier.has_citizen())),
            ..Attempt::default()
        }
    }

    /// What `row` is done with.
    ///
    /// # Errors
    /// `field-required` where a part that nothing tells was left out.
    pub fn attempt(&self, row: &Transition, content: &CaseStepContent) -> Result<Attempt, Problem> {
        let mut attempt = Attempt::default();
        let said = |text: &Option<String>| text.is_some();
        for ask in row.asks {
            match ask {
                Ask::Crew => attempt.crew = self.crew_of(content),
                Ask::Approver => {
                    let approver = if row.actor == law::procedure::Actor::Officers { content.approved_by } else { Some(self.caller) };
                    attempt.approver = if approver.is_some_and(|person| self.is_head(person)) { Approver::Head } else { Approver::Handler };
                }
                Ask::Host => attempt.host = self.host(content)?,
                Ask::Reviewer => attempt.reviewer = self.reviewer(),
                Ask::Mode => attempt.mode = self.mode(row, content)?,
                Ask::Change => attempt.change = self.change(row, content)?,
                Ask::Range => attempt.range = self.plan(content)?.range(&self.dossier.record),
                Ask::Hour => attempt.hour = self.hour(content),
                Ask::Measure => attempt.measure = self.measure(content)?,
                Ask::Means => {
                    attempt.means = match content.means.ok_or_else(|| missing("means", "强制执行的内容"))? {
                        MeansCode::Other => Means::Other,
                        MeansCode::Money => Means::Money,
                        MeansCode::Demolition => Means::Demolition,
                    };
                }
                Ask::Finding => {
                    attempt.finding = match content.finding.ok_or_else(|| missing("finding", "调查结论"))? {
                        FindingCode::Punishable => Finding::Punishable,
                        FindingCode::NotProved => Finding::NotProved,
                        FindingCode::Slight => Finding::Slight,
                        FindingCode::FirstSlight => Finding::FirstSlight,
                        FindingCode::Faultless => Finding::Faultless,
                    };
                }
                Ask::Weight => attempt.weight = self.plan(content)?.weight(self.dossier.has_citizen()),
                Ask::Everyone => {
                    let reached = content.reached.as_ref().ok_or_else(|| missing("reached", "已送达的当事人"))?;
                    attempt.everyone = self.dossier.parties.iter().all(|party| reached.contains(&party.ordinal));
                }
                Ask::NewFacts => attempt.new_facts = said(&content.new_facts),
                // Asked of youths alone: the guard reads nobody else's.
                Ask::Lenient => attempt.lenient = self.dossier.facts().party != Party::Youth || said(&content.lenient),
                Ask::SecondFine => attempt.second_fine = self.plan(content)?.fines() && self.fined_before,
                Ask::Masked => attempt.masked = self.is_checked(content),
                Ask::Consent => attempt.consent = content.agreed.ok_or_else(|| missing("agreed", "当事人是否同意"))?,
                Ask::Power if row.action == Action::TakeCash => attempt.power = self.takes_cash(content),
                Ask::Power => attempt.power = said(&content.basis),
                Ask::Clear => attempt.clear = said(&content.evidence),
                Ask::Heeded => attempt.heeded = content.heeded.ok_or_else(|| missing("heeded", "是否已经改正"))?,
                Ask::Educated => attempt.educated = said(&content.education),
                Ask::InTime => attempt.in_time = self.in_time(content)?,
                Ask::OnRecord => attempt.on_record = said(&content.on_record),
                Ask::TellsHearing => attempt.tells_hearing = content.tells_hearing == Some(true),
                Ask::Slight => attempt.slight = said(&content.slight),
                Ask::Receipt => attempt.receipt = said(&content.receipt),
                Ask::Announced => attempt.announced = content.announced.is_some_and(|day| day < self.today()),
                Ask::Dunned => attempt.dunned = self.dunned(),
            }
        }
        Ok(attempt)
    }
}
