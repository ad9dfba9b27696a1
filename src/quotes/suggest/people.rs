//! Everybody whom the article names, and who `Doe`, `he` or `the analyst` is.

use std::collections::HashMap;

use super::cues::Gender;
use super::given;
use super::names::{Mention, is_organisation};

/// So many speakers are remembered for pronouns.
const RECENT_MAX: usize = 6;

/// Somebody, or an organisation, that can speak.
#[derive(Debug, Clone, Default)]
pub(super) struct Person {
    /// The fullest name the article gives.
    pub(super) name: String,
    /// Where the text named them last, when the text followed them.
    pub(super) written: Option<(usize, usize)>,
    pub(super) role: Option<String>,
    pub(super) affiliation: Option<String>,
    gender: Option<Gender>,
    /// Whether the text shows that it is a person: a title, a role, words said.
    certain: bool,
    mentions: usize,
}

/// The people of one article.
#[derive(Debug, Default)]
pub(super) struct People {
    all: Vec<Person>,
    by_name: HashMap<String, usize>,
    by_surname: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, usize>,
    /// The first two of each role.
    by_role: HashMap<String, Vec<usize>>,
    /// The last ones who spoke or acted, the latest at the end.
    recent: Vec<usize>,
}

impl People {
    pub(super) fn get(&self, index: usize) -> Option<&Person> {
        self.all.get(index)
    }

    /// Remembers a full name from anywhere in the body.
    pub(super) fn register(&mut self, mention: &Mention) {
        if mention.words() >= 2 && mention.words() <= 5 && !is_organisation(&mention.name) {
            let index = self.named(mention);
            if let Some(person) = self.all.get_mut(index) {
                person.mentions += 1;
            }
        } else if mention.words() == 1
            && mention.certain
            && let Some(index) = self.known(&mention.name)
        {
            self.learn(index, mention);
        }
    }

    /// The person whom a mention names, made when new.
    pub(super) fn resolve(&mut self, mention: &Mention) -> usize {
        let index = match self.known(&mention.name) {
            Some(index) => {
                self.learn(index, mention);
                index
            }
            None => self.named(mention),
        };
        if let Some(person) = self.all.get_mut(index) {
            person.written = Some(mention.written);
        }
        index
    }

    /// The person of that name or surname (or, failing that, of that first name).
    pub(super) fn known(&self, name: &str) -> Option<usize> {
        if let Some((first, rest)) = name.split_once(' ') {
            let same = |index: &usize| {
                let full = self.all.get(*index).map_or("", |person| person.name.as_str());
                let inside = full.strip_suffix(name).is_some_and(|before| before.ends_with(' '));
                inside || full.split(' ').next() == Some(first)
            };
            let exact = self.by_name.get(name).copied();
            let surname = rest.rsplit(' ').next().unwrap_or(rest);
            return exact.or_else(|| self.family(surname).iter().copied().find(same));
        }
        let family = self.family(name);
        let spoke = self.recent.iter().rev().find(|index| family.contains(index)).copied();
        let sure = || family.iter().copied().find(|index| self.is_certain(*index));
        let first = || family.first().copied();
        let alone = || self.by_first.get(name).copied();
        spoke
            .or_else(sure)
            .or_else(first)
            .or_else(alone)
            .or_else(|| self.by_name.get(name).copied())
    }

    fn family(&self, surname: &str) -> &[usize] {
        self.by_surname.get(surname).map(Vec::as_slice).unwrap_or_default()
    }

    fn named(&mut self, mention: &Mention) -> usize {
        if let Some(index) = self.by_name.get(&mention.name).copied() {
            self.learn(index, mention);
            return index;
        }
        let index = self.all.len();
        let gender = mention.name.split_once(' ').and_then(|(first, _)| given::gender(first));
        self.all.push(Person { name: mention.name.clone(), gender, ..Person::default() });
        self.by_name.insert(mention.name.clone(), index);
        if let Some((first, _)) = mention.name.split_once(' ') {
            let family = mention
                .name
                .rsplit(' ')
                .find(|word| !matches!(*word, "Jr." | "Sr." | "II" | "III"));
            let family = self.by_surname.entry(family.unwrap_or_default().to_owned()).or_default();
            if family.len() < 8 {
                family.push(index);
            }
            self.by_first.entry(first.to_owned()).or_insert(index);
        }
        self.learn(index, mention);
        index
    }

    fn learn(&mut self, index: usize, mention: &Mention) {
        let Some(person) = self.all.get_mut(index) else { return };
        let new = mention.role.as_deref().filter(|_| person.role.is_none());
        for word in new.iter().flat_map(|role| role.split(' ')) {
            let same = self.by_role.entry(word.to_lowercase()).or_default();
            if same.len() < 2 && !same.contains(&index) {
                same.push(index);
            }
        }
        person.certain |= mention.certain;
        person.gender = person.gender.or(mention.gender);
        if person.role.is_none() {
            person.role.clone_from(&mention.role);
            if mention.affiliation.is_some() {
                person.affiliation.clone_from(&mention.affiliation);
            }
        }
        if person.affiliation.is_none() {
            person.affiliation.clone_from(&mention.affiliation);
        }
    }

    /// Whether the text shows that this is somebody, not a place.
    pub(super) fn is_certain(&self, index: usize) -> bool {
        self.all.get(index).is_some_and(|person| person.certain)
    }

    /// Marks somebody as the one whom the text follows now.
    pub(super) fn follow(&mut self, index: usize, gender: Option<Gender>) {
        self.recent.retain(|other| *other != index);
        if self.recent.len() >= RECENT_MAX {
            self.recent.remove(0);
        }
        self.recent.push(index);
        if let Some(person) = self.all.get_mut(index) {
            person.gender = person.gender.or(gender);
        }
    }

    /// Marks somebody as a speaker, and so as a person.
    pub(super) fn spoke(&mut self, index: usize) {
        if let Some(person) = self.all.get_mut(index) {
            person.certain = true;
        }
        self.follow(index, None);
    }

    /// The one whom the text follows.
    pub(super) fn last(&self) -> Option<usize> {
        self.recent.last().copied()
    }

    /// The one whom a pronoun means, when only one of those named near it can be meant.
    ///
    /// `near` are the people named shortly before, the latest at the end.
    pub(super) fn meant(&self, gender: Option<Gender>, near: &[usize]) -> Option<usize> {
        let mut fitting: Vec<usize> = Vec::new();
        for index in near.iter().rev().filter(|index| self.fits(**index, gender)) {
            if !fitting.contains(index) {
                fitting.push(*index);
            }
        }
        let followed = self.recent.iter().rev().find(|index| self.fits(**index, gender)).copied();
        match (fitting.as_slice(), followed) {
            ([], followed) => followed,
            ([only], None) => Some(*only),
            ([only], Some(followed)) => Some(*only).filter(|only| *only == followed),
            ([latest, ..], Some(followed)) => {
                let known = self.all.get(followed).is_some_and(|person| person.gender.is_some());
                Some(followed).filter(|_| *latest == followed && known)
            }
            _ => None,
        }
    }

    fn fits(&self, index: usize, gender: Option<Gender>) -> bool {
        let of = self.all.get(index).and_then(|person| person.gender);
        self.is_person(index) && (gender.is_none() || of.is_none() || of == gender)
    }

    fn is_person(&self, index: usize) -> bool {
        self.all.get(index).is_some_and(|person| !is_organisation(&person.name))
    }

    /// The only one with that role.
    pub(super) fn with_role(&self, role: &str) -> Option<usize> {
        match self.by_role.get(role).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        }
    }
}
