//! Aliases: an article that gets another slug is found under the ones it has had.

use onrecord::auth::Scope;
use serde_json::json;

use crate::app::{App, Client};

fn renamed(admin: &Client, from: &str, to: &str) {
    admin.patch(&format!("/v1/articles/{from}"), json!({"slug": to})).expect(200);
}

fn article(admin: &Client, slug: &str, status: &str) {
    admin.post("/v1/articles", json!({"title": slug, "slug": slug, "status": status})).expect(201);
}

#[test]
fn get_article_by_a_slug_it_has_had_leads_to_the_one_it_has() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    article(&admin, "first", "published");
    renamed(&admin, "first", "second");
    renamed(&admin, "second", "third");
    for (slug, rest) in [("first", ""), ("second", ""), ("first", "/quotes"), ("first", "/related")]
    {
        let moved = public.get(&format!("/v1/articles/{slug}{rest}")).problem(301, "moved");
        assert!(
            moved.header("location").starts_with("/v1/articles/third"),
            "{}",
            moved.header("location")
        );
    }
    let listed = public.get("/v1/articles?ids=first,third,second&fields=slug").expect(200);
    assert_eq!(listed.each("slug"), ["third"]);
    let listed = public.get("/v1/quotes?article=first").expect(200);
    assert!(listed.each("id").is_empty());
}

#[test]
fn create_comment_by_a_slug_the_article_has_had_says_where_it_is() {
    let app = App::new();
    let (admin, site) = (app.admin(), app.with(&[Scope::CommentsWrite]));
    article(&admin, "former", "published");
    renamed(&admin, "former", "latter");
    let sent = json!({"author": {"name": "Ada"}, "body": "Fine."});
    let refused = site.post("/v1/articles/former/comments", sent.clone()).problem(409, "renamed");
    assert!(refused.text("detail").contains("/v1/articles/latter"), "{}", refused.json);
    site.post("/v1/articles/latter/comments", sent.clone()).expect(201);
    let queue = admin.get("/v1/comments?article=former&count=exact").expect(200);
    assert_eq!((queue.each("body").len(), &queue.json["total"]), (1, &json!(1)));
    admin.patch("/v1/articles/latter", json!({"status": "archived"})).expect(200);
    let hidden = site.post("/v1/articles/former/comments", sent.clone()).problem(404, "not-found");
    let none = site.post("/v1/articles/none/comments", sent).problem(404, "not-found");
    assert_eq!(hidden.json["detail"], none.json["detail"]);
}

#[test]
fn get_article_by_a_slug_that_only_a_draft_has_had_leads_nobody_there() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    article(&admin, "secret-merger", "draft");
    renamed(&admin, "secret-merger", "merger");
    let missing = |path: &str| {
        let mut answer = public.get(path).problem(404, "not-found").json;
        answer["request_id"] = json!(null);
        answer
    };
    assert_eq!(missing("/v1/articles/secret-merger"), missing("/v1/articles/none"));
    admin.patch("/v1/articles/merger", json!({"status": "published"})).expect(200);
    assert_eq!(missing("/v1/articles/secret-merger"), missing("/v1/articles/none"));
    assert!(public.get("/v1/articles?ids=secret-merger").expect(200).each("id").is_empty());
    admin.get("/v1/articles/secret-merger").problem(301, "moved");
    renamed(&admin, "merger", "merged");
    admin.patch("/v1/articles/merged", json!({"status": "archived"})).expect(200);
    assert_eq!(missing("/v1/articles/merger"), missing("/v1/articles/none"));
}

#[test]
fn list_article_aliases_in_the_order_of_their_letters() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "c", "draft");
    for (from, to) in [("c", "a"), ("a", "b"), ("b", "d")] {
        renamed(&admin, from, to);
        admin.patch(&format!("/v1/articles/{to}"), json!({"status": "published"})).expect(200);
    }
    let all = admin.get("/v1/articles/d/aliases?count=exact").expect(200);
    assert_eq!(
        (all.each("slug"), &all.json["total"]),
        (vec![json!("a"), json!("b"), json!("c")], &json!(3))
    );
    assert_eq!(all.each("is_public"), [true, true, false]);
    let first = admin.get("/v1/articles/d/aliases?limit=2").expect(200);
    let rest =
        admin.get(&format!("/v1/articles/d/aliases?limit=2&cursor={}", first.text("next_cursor")));
    assert_eq!(rest.expect(200).each("slug"), ["c"]);
    app.public().get("/v1/articles/d/aliases").problem(401, "unauthorized");
    let moved = admin.get("/v1/articles/a/aliases").problem(301, "moved");
    assert!(moved.header("location").starts_with("/v1/articles/d"), "{}", moved.header("location"));
}

#[test]
fn create_article_with_a_slug_that_another_has_had_names_the_holder() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "talks", "published");
    renamed(&admin, "talks", "gas-talks");
    let sent = json!({"title": "T", "slug": "talks"});
    let clash = admin.post("/v1/articles", sent.clone()).problem(409, "conflict");
    assert_eq!(clash.pointers(), ["/slug"]);
    assert!(clash.text("detail").contains("gas-talks"), "{}", clash.json);
    article(&admin, "other", "draft");
    let clash =
        admin.patch("/v1/articles/other", json!({"slug": "talks"})).problem(409, "conflict");
    assert!(clash.text("detail").contains("gas-talks"), "{}", clash.json);
    let put = admin.put("/v1/articles/talks", json!({"title": "T"}));
    assert!(put.status >= 300, "{}", put.json);
    // A slug that is made avoids it; the article itself may have it back.
    let made = admin.post("/v1/articles", json!({"title": "Talks"})).expect(201);
    assert_ne!(made.text("slug"), "talks");
    renamed(&admin, "gas-talks", "talks");
    assert_eq!(admin.get("/v1/articles/talks/aliases").expect(200).each("slug"), ["gas-talks"]);
    admin.get("/v1/articles/gas-talks").problem(301, "moved");
}

#[test]
fn delete_article_alias_frees_the_slug() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "talks", "published");
    renamed(&admin, "talks", "gas-talks");
    let path = "/v1/articles/gas-talks/aliases/talks";
    app.with(&[Scope::DraftsRead]).delete(path).problem(403, "forbidden");
    admin.delete("/v1/articles/gas-talks/aliases/gas-talks").problem(404, "not-found");
    admin.delete(path).expect(204);
    admin.delete(path).problem(404, "not-found");
    admin.get("/v1/articles/talks").problem(404, "not-found");
    article(&admin, "talks", "published");
    admin.get("/v1/articles/talks").expect(200);
}
