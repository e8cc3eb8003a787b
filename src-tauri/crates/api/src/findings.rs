//! Findings: what in a workspace is probably not meant, kind by kind, and what is muted of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use portico_core::finding::{About, Check, Kind, kinds, registry};
use portico_core::id::ExternalUserId;
use portico_store::finding::{self, Found, Scene};
use portico_store::history::{Intent, label};
use portico_store::import::CancelFlag;
use portico_store::table::finding_mute;
use portico_store::{Connection, StoreError};

use crate::error::{ApiError, id};
use crate::exposure::Work;
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::findings::{
    FindingCounts, FindingFix, FindingKind, FindingPage, FindingQuery, FindingRow, MuteFinding,
};
use crate::types::transfer::Progress;

/// The most findings on a page.
const MOST_ROWS: u32 = 500;

fn scene(session: &Session, c: &Connection) -> Result<Scene, ApiError> {
    let today = crate::numbers::today().to_string();
    Ok(Scene::load(c, session.desk(), &today)?)
}

/// How many findings there are of each kind that can be found in the workspace's desk.
pub fn count_findings(session: &Session, work: &mut Work<'_>) -> Result<FindingCounts, ApiError> {
    session.may(Action::Read)?;
    let cancel = CancelFlag::from(Arc::clone(work.cancelled));
    session.store().read(|c| {
        let scene = scene(session, c)?;
        let mut done = 0;
        let counted = cancel.during(c, || {
            finding::counts(c, &scene, &mut |kind| {
                if cancel.is_cancelled() {
                    return Err(StoreError::Cancelled);
                }
                (work.tell)(Progress {
                    job: work.job.to_owned(),
                    phase: "findings".to_owned(),
                    kind: kind.id.to_owned(),
                    done,
                });
                done += 1;
                Ok(())
            })
        })?;
        let mut kinds = Vec::with_capacity(counted.len());
        for count in counted {
            let reason = finding_mute::find(c, count.kind.id)?.map(|row| row.reason);
            kinds.push(FindingKind {
                id: count.kind.id.to_owned(),
                severity: count.kind.severity.name().to_owned(),
                about: count.kind.about.name().to_owned(),
                text: count.kind.text.to_owned(),
                shown: small(count.shown),
                muted: small(count.muted),
                kind_muted: reason,
            });
        }
        let total = kinds.iter().map(|kind| kind.shown).sum();
        Ok(FindingCounts { total, kinds })
    })
}

/// A page of the findings of a kind.
pub fn list_findings(session: &Session, query: &FindingQuery) -> Result<FindingPage, ApiError> {
    session.may(Action::Read)?;
    let kind = known_kind(session, &query.kind)?;
    let after = query
        .after
        .as_deref()
        .map(|text| place(&query.kind, text))
        .transpose()?;
    let limit = query.limit.clamp(1, MOST_ROWS);
    session.store().read(|c| {
        let scene = scene(session, c)?;
        let found = finding::page(c, &scene, kind, query.muted, after.as_ref(), limit)?;
        let is_full = small(found.len() as u64) == limit;
        let last = found.last().filter(|_| is_full);
        let next = last.map(|last| serde_json::json!([last.sort, last.subject, last.check]).to_string());
        Ok(FindingPage {
            rows: found
                .into_iter()
                .filter_map(|found| told(session.desk(), found))
                .collect(),
            next,
        })
    })
}

/// What is found about one person; muted things are left out.
pub fn findings_of_user(session: &Session, user: &str) -> Result<Vec<FindingRow>, ApiError> {
    session.may(Action::Read)?;
    let user = id::<ExternalUserId>("external user", user)?;
    session.store().read(|c| {
        let found = finding::of_person(c, &scene(session, c)?, user)?;
        Ok(found
            .into_iter()
            .filter_map(|found| told(session.desk(), found))
            .collect())
    })
}

/// Ids of all people whom a kind of findings is about and nobody muted, each once, for an edit of exactly those.
pub fn people_of_finding(session: &Session, kind: &str) -> Result<Vec<String>, ApiError> {
    session.may(Action::Read)?;
    let kind = known_kind(session, kind)?;
    if kind.about != About::Person {
        return Err(ApiError::not_found("kind of finding about people", kind.id));
    }
    session.store().read(|c| {
        let scene = scene(session, c)?;
        let mut people = BTreeSet::new();
        for check in finding::checks(session.desk(), kind) {
            people.extend(finding::people(c, &scene, check)?);
        }
        Ok(people.iter().map(ToString::to_string).collect())
    })
}

/// Stops showing a kind of finding, or one finding, as one change; what is muted already gets the reason.
pub fn mute_finding(session: &Session, input: &MuteFinding) -> Result<(), ApiError> {
    session.may(Action::Edit)?;
    let row = finding_mute::Row {
        finding: input.finding.clone(),
        reason: input.reason.trim().to_owned(),
    };
    let intent = said(session, "intent.mute_finding", &input.finding)?;
    let written = |tx: &portico_store::Tx<'_>| Ok::<_, ApiError>(finding_mute::put(tx, &row)?);
    session.store().transact(session.actor(), &intent, written)?;
    Ok(())
}

/// Shows a kind of finding, or one finding, again, as one change; `not_found` where it is not muted.
pub fn unmute_finding(session: &Session, key: &str) -> Result<(), ApiError> {
    session.may(Action::Edit)?;
    let intent = said(session, "intent.unmute_finding", key)?;
    session.store().transact(session.actor(), &intent, |tx| {
        if finding_mute::delete(tx, key)? {
            return Ok(());
        }
        Err(ApiError::not_found("muted finding", key))
    })?;
    Ok(())
}

/// What muting is recorded as; `not_found` where there is no such kind of finding, or no such check.
fn said(session: &Session, intent: &str, key: &str) -> Result<Intent, ApiError> {
    let Some((check, subject)) = key.split_once(' ') else {
        let kind = known_kind(session, key)?;
        return Ok(Intent::new(intent).with("finding", kind.id));
    };
    let check = check_named(session.desk(), check).ok_or_else(|| ApiError::not_found("check", check))?;
    let name = match (check.kind.about, uuid::Uuid::parse_str(subject)) {
        (About::Person | About::Account | About::Queue, Ok(id)) => {
            let table = check.kind.about.name();
            session
                .store()
                .read(|c| Ok::<_, ApiError>(label(c, table, id.into_bytes())?))?
        }
        (About::Setting | About::Rule, _) => subject.to_owned(),
        (_, Err(_)) => return Err(ApiError::not_found("finding", key)),
    };
    Ok(Intent::new(intent).with("finding", check.kind.id).with("name", name))
}

fn known_kind(session: &Session, id: &str) -> Result<&'static Kind, ApiError> {
    kinds::named(id)
        .filter(|kind| finding::checks(session.desk(), kind).next().is_some())
        .ok_or_else(|| ApiError::not_found("kind of finding", id))
}

fn check_named(desk: &str, name: &str) -> Option<&'static Check> {
    registry::of(desk).iter().find(|check| check.name == name)
}

/// Where a page ended, from the text that [`list_findings`] gave.
fn place(kind: &str, text: &str) -> Result<Found, ApiError> {
    let parts: Option<[String; 3]> = serde_json::from_str(text).ok();
    let [sort, subject, check] = parts.ok_or_else(|| ApiError::not_found("page of findings", kind))?;
    Ok(Found {
        check,
        subject,
        sort,
        name: String::new(),
        login: String::new(),
        account: String::new(),
        note: String::new(),
        muted: None,
    })
}

fn told(desk: &str, found: Found) -> Option<FindingRow> {
    let check = check_named(desk, &found.check)?;
    Some(FindingRow {
        key: finding::key(&found.check, &found.subject),
        kind: check.kind.id.to_owned(),
        severity: check.kind.severity.name().to_owned(),
        check: found.check,
        subject: found.subject,
        name: found.name,
        login: found.login,
        account: found.account,
        note: found.note,
        text: check.text.to_owned(),
        rule: check.rule.to_owned(),
        standing: check.standing.map_or("", |standing| standing.letter()).to_owned(),
        fix: FindingFix {
            how: check.fix.name().to_owned(),
            field: check.fix.field().to_owned(),
            value: check.fix.value().to_owned(),
        },
        muted: found.muted,
    })
}
