//! The places of an article's parts: quotes and links stand in an order without gaps, from 0.

/// Declares, for a table with `article_id` and `position`, how places are given, taken and moved.
macro_rules! positions {
    ($table:ident, $limit:expr) => {
        /// How many parts the article has: also the next free place.
        fn part_count(conn: &mut Conn, article: Id) -> Result<i32> {
            let parts = $table::table.filter($table::article_id.eq(article));
            let count: i64 = parts.count().get_result(conn)?;
            i32::try_from(count).map_err(Error::internal)
        }

        /// Adds `by` to the places from `first` up to, but not including, `end`.
        fn shift(conn: &mut Conn, article: Id, first: i32, end: i32, by: i32) -> Result<()> {
            let moved = $table::table
                .filter($table::article_id.eq(article))
                .filter($table::position.ge(first))
                .filter($table::position.lt(end));
            diesel::update(moved).set($table::position.eq($table::position + by)).execute(conn)?;
            Ok(())
        }

        /// Frees the place asked for, or names the one after the last.
        pub(super) fn make_room(conn: &mut Conn, article: Id, asked: Option<i32>) -> Result<i32> {
            let count = part_count(conn, article)?;
            if count >= $limit {
                let detail = format!("an article has at most {} of these", $limit);
                return Err(Error::field("", "too-many", detail));
            }
            let Some(place) = asked else { return Ok(count) };
            if place > count {
                let detail = format!("must be at most {count}, the place after the last");
                return Err(Error::field("/position", "out-of-range", detail));
            }
            shift(conn, article, place, i32::MAX, 1)?;
            Ok(place)
        }

        /// Closes the gap that the part at `place` leaves.
        fn close_gap(conn: &mut Conn, article: Id, place: i32) -> Result<()> {
            shift(conn, article, place.saturating_add(1), i32::MAX, -1)
        }

        /// Moves the part at `from` to `to`, and what lies between by one.
        fn move_part(conn: &mut Conn, article: Id, part: Id, from: i32, to: i32) -> Result<()> {
            let last = part_count(conn, article)?.saturating_sub(1);
            if to > last {
                let detail = format!("must be at most {last}, the last place");
                return Err(Error::field("/position", "out-of-range", detail));
            }
            if to > from {
                shift(conn, article, from.saturating_add(1), to.saturating_add(1), -1)?;
            } else {
                shift(conn, article, to, from, 1)?;
            }
            diesel::update($table::table.find(part)).set($table::position.eq(to)).execute(conn)?;
            Ok(())
        }
    };
}
pub(crate) use positions;

use crate::error::{Error, Result};

/// A way in which a part that is sent may be one that is there.
pub(crate) type Likeness<'a, T, S> = &'a dyn Fn(&T, &S) -> bool;

/// Which of the parts that are there each part that is sent is: the nearest likeness goes first, then
/// the order, and each one is claimed once.
pub(crate) fn claims<'a, T, S>(
    there: &'a [T],
    sent: &[S],
    likenesses: &[Likeness<'_, T, S>],
) -> Vec<Option<&'a T>> {
    let mut free = there.iter().map(Some).collect::<Vec<_>>();
    let mut claims = sent.iter().map(|_| None).collect::<Vec<_>>();
    for alike in likenesses {
        for (claim, sent) in claims.iter_mut().zip(sent).filter(|(claim, _)| claim.is_none()) {
            let found = free.iter_mut().find(|part| part.is_some_and(|part| alike(part, sent)));
            *claim = found.and_then(Option::take);
        }
    }
    claims
}

/// Refuses a place inside a nested list: there the order of the array says it.
pub(crate) fn without_position(position: Option<i32>, pointer: &str) -> Result<()> {
    if position.is_none() {
        return Ok(());
    }
    let detail = "must be absent here: the order of the array gives the place";
    Err(Error::field(format!("{pointer}/position"), "not-allowed", detail))
}
