//! The search and the stretches of a list against a look at every person, and figures of a large desk.

use portico_store::searchable;
use portico_store::table::user_column::Column;
use portico_store::table::{account, external_user};

use super::{import, import_telling, workspace};

#[test]
fn the_search_finds_what_a_look_at_every_person_finds() {
    let folder = tempfile::tempdir().unwrap();
    let store = workspace(&folder, 400, 10);
    let people = store.read(external_user::all).unwrap();
    let accounts = store.read(account::all).unwrap();
    let texts: Vec<(String, String)> = people
        .iter()
        .filter(|p| p.present)
        .map(|p| {
            let company = accounts.iter().find(|a| Some(a.id) == p.account_id);
            let company = company.map_or_else(String::new, |a| format!("{}\n{}", a.key, a.name));
            let person = format!(
                "{}\n{} {}\n{}\n{}",
                p.login, p.first_name, p.last_name, p.title, p.email
            );
            (searchable(&person), searchable(&company))
        })
        .collect();
    let mut needles: Vec<String> = ["a", "É", "no", "ö", "\"", "%", "an ma", "@", "''", "*"]
        .map(str::to_owned)
        .into();
    for p in people.iter().step_by(23) {
        let letters: Vec<char> = p.last_name.chars().collect();
        for size in 1..=4 {
            needles.extend(letters.windows(size).take(2).map(|w| w.iter().collect()));
        }
    }
    for needle in needles {
        let plain = searchable(&needle);
        let words: Vec<&str> = plain.split_whitespace().collect();
        let expected = texts
            .iter()
            .filter(|(p, c)| words.iter().all(|w| p.contains(w) || c.contains(w)))
            .count();
        let query = external_user::ListQuery {
            search: needle.clone(),
            ..Default::default()
        };
        let rows = store.read(|c| external_user::list(c, &query, 0, 1000)).unwrap();
        assert_eq!(rows.len(), expected, "{needle:?}");
        assert_eq!(
            store.read(|c| external_user::count_matching(c, &query)).unwrap(),
            expected as u64
        );
    }
}

#[test]
fn stretches_in_every_order_make_up_the_whole_list() {
    let folder = tempfile::tempdir().unwrap();
    let store = workspace(&folder, 120, 10);
    let accounts = store.read(account::all).unwrap();
    for sort in [
        external_user::Sort::Name,
        external_user::Sort::Login,
        external_user::Sort::Account,
        external_user::Sort::Status,
        external_user::Sort::by(Column::named("email").unwrap()),
    ] {
        for descending in [false, true] {
            let query = external_user::ListQuery {
                sort,
                descending,
                ..Default::default()
            };
            let all = store.read(|c| external_user::list(c, &query, 0, 1000)).unwrap();
            assert_eq!(all.len(), 120);
            let mut pieces = Vec::new();
            for offset in (0..120).step_by(50) {
                pieces.extend(store.read(|c| external_user::list(c, &query, offset, 50)).unwrap());
            }
            assert_eq!(pieces, all);
            let keys: Vec<String> = all
                .iter()
                .map(|r| match sort {
                    external_user::Sort::Name => searchable(format!("{} {}", r.last_name, r.first_name).trim()),
                    external_user::Sort::Login => searchable(&r.login),
                    external_user::Sort::Account => searchable(&r.account),
                    external_user::Sort::Status => r.validity.number().to_string(),
                    external_user::Sort::By(_) => searchable(&r.email),
                })
                .collect();
            let mut sorted = keys.clone();
            sorted.sort();
            if descending {
                sorted.reverse();
            }
            assert_eq!(keys, sorted, "{sort:?}");
        }
    }
    // A facet counts what its value would list.
    let query = external_user::ListQuery {
        search: "a".to_owned(),
        ..Default::default()
    };
    let facet = store.read(|c| external_user::account_facet(c, &query, 200)).unwrap();
    assert!(!facet.is_empty() && accounts.len() >= facet.len());
    for value in facet {
        let one = external_user::ListQuery {
            accounts: vec![value.id],
            ..query.clone()
        };
        assert_eq!(
            store.read(|c| external_user::count_matching(c, &one)).unwrap(),
            value.people,
            "{}",
            value.key
        );
    }
    let statuses = store.read(|c| external_user::status_facet(c, &query)).unwrap();
    let total: u64 = statuses.iter().map(|(_, n)| n).sum();
    assert_eq!(total, store.read(|c| external_user::count_matching(c, &query)).unwrap());
}

/// Not part of the ordinary tests: `cargo test -p portico-store --test properties -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes; prints figures for a large desk"]
#[allow(clippy::print_stdout, reason = "it is there to print")]
fn figures_of_a_large_desk() {
    let folder = tempfile::tempdir().unwrap();
    let store = workspace(&folder, 0, 0);
    let began = std::time::Instant::now();
    import_telling(&store, 100_000, 1_000_000, &mut |p| {
        println!("{:>8.1?} {} {} {}", began.elapsed(), p.phase, p.kind, p.done);
    });
    println!("import {:?}", began.elapsed());
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!(
        "{}",
        status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or_default()
    );
    let time = |name: &str, work: &dyn Fn() -> usize| {
        let began = std::time::Instant::now();
        let found = work();
        let cold = began.elapsed();
        let began = std::time::Instant::now();
        work();
        println!("{name}: {found} in {cold:?}, again {:?}", began.elapsed());
    };
    for search in ["", "a", "an", "ann", "nova", "anna m", "@example"] {
        let query = external_user::ListQuery {
            search: search.to_owned(),
            ..Default::default()
        };
        time(&format!("page {search:?}"), &|| {
            store.read(|c| external_user::list(c, &query, 0, 100)).unwrap().len()
        });
        let deep = external_user::ListQuery {
            sort: external_user::Sort::Account,
            ..query.clone()
        };
        time(&format!("deep {search:?}"), &|| {
            store
                .read(|c| external_user::list(c, &deep, 90_000, 100))
                .unwrap()
                .len()
        });
        time(&format!("count {search:?}"), &|| {
            usize::try_from(store.read(|c| external_user::count_matching(c, &query)).unwrap()).unwrap()
        });
        time(&format!("accounts {search:?}"), &|| {
            store
                .read(|c| external_user::account_facet(c, &query, 200))
                .unwrap()
                .len()
        });
        time(&format!("status {search:?}"), &|| {
            store.read(|c| external_user::status_facet(c, &query)).unwrap().len()
        });
    }
    let began = std::time::Instant::now();
    import(&store, 100_000, 1_000_000);
    println!("import again {:?}", began.elapsed());
}
