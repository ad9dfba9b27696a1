//! A round trip with the client that progenitor makes, against the server at ONRECORD_URL.

#[allow(
    clippy::all,
    clippy::pedantic,
    dead_code,
    unused_imports,
    reason = "generated; this uses a part of it"
)]
mod client {
    include!(concat!(env!("OUT_DIR"), "/client.rs"));
}

use client::{Client, ClientInfo as _, Error, types};
use futures::TryStreamExt as _;
use reqwest::header::{AUTHORIZATION, HeaderMap};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// How many articles are made and listed.
const ARTICLES: usize = 5;
const TAG: &str = "round-trip-rust";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, format!("Bearer {}", std::env::var("ONRECORD_KEY")?).parse()?);
    let http = reqwest::Client::builder().default_headers(headers).build()?;
    let url = std::env::var("ONRECORD_URL")?;
    let client = Client::new_with_client(&url, http);

    let mut made = Vec::new();
    for number in 0..ARTICLES {
        made.push(create(&client, number).await?);
    }
    assert_eq!(list(&client).await?, made, "each article is on some page, once, in order");
    let article = made[0].clone();
    null_and_back(&client, &url, &article).await?;
    refused(&client).await?;
    not_modified(&client, &article).await?;
    for article in &made {
        client.delete_article().article(article.as_str()).send().await?;
    }
    let gone = client.get_article().article(article.as_str()).send().await;
    let problem = problem(gone).await?;
    assert_eq!((problem.status, problem.code.as_str()), (404, "not-found"));
    println!("rust (progenitor): created, listed, patched, refused, revalidated, deleted");
    Ok(())
}

async fn create(client: &Client, number: usize) -> Outcome<String> {
    let quote = types::NewQuote::builder()
        .text("We see a clear trend.")
        .speaker_name(types::NewQuoteSpeakerName::try_from("Zhang Xin")?)
        .kind(types::QuoteKind::Full);
    let link = types::NewLink::builder()
        .rel(types::LinkRel::Background)
        .title(types::NewLinkTitle::try_from("Elsewhere")?)
        .url(types::NewLinkUrl::try_from("https://news.example/elsewhere")?);
    let body = types::NewArticle::builder()
        .title(format!("Round trip {number} in Rust"))
        .body(types::NewArticleBody::try_from("“We see a clear trend.”")?)
        .standfirst(types::NewArticleStandfirst::try_from("A lead.")?)
        .status(types::Status::Published)
        .tags(vec![TAG.try_into()?, "Öffentlich".try_into()?])
        .quotes(vec![quote.try_into()?])
        .links(vec![link.try_into()?]);
    let answer = client
        .create_article()
        .idempotency_key(format!("{TAG}-{number}"))
        .body(body)
        .send()
        .await?;
    assert_eq!(answer.status().as_u16(), 201);
    assert!(answer.headers().contains_key("location"));
    let article = answer.into_inner();
    assert_eq!(article.tags[0].slug.as_str(), TAG);
    assert_eq!(article.quotes[0].speaker.as_ref().map(|it| it.name.as_str()), Some("Zhang Xin"));
    assert_eq!(article.quotes[0].anchor.status, types::AnchorStatus::Anchored);
    assert_eq!(article.links[0].rel, types::LinkRel::Background);
    Ok(article.id.to_string())
}

/// Every article of the tag, page by page.
async fn list(client: &Client) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let mut request = client
            .list_articles()
            .tag(TAG)
            .limit(2)
            .order(types::ArticleOrder::try_from("published_at")?);
        if let Some(cursor) = cursor {
            request = request.cursor(cursor);
        }
        let page = request.send().await?.into_inner();
        assert!(page.items.len() <= 2);
        found.extend(page.items.iter().map(|it| it.id.to_string()));
        match page.next_cursor {
            Some(next) => cursor = Some(next.to_string()),
            None => return Ok(found),
        }
    }
}

async fn null_and_back(client: &Client, url: &str, article: &str) -> Outcome<()> {
    // progenitor knows two states of a property, there and not: null has to be sent by hand.
    let patched = client
        .client()
        .patch(format!("{url}/v1/articles/{article}"))
        .json(&serde_json::json!({ "standfirst": null }))
        .send()
        .await?
        .error_for_status()?;
    let patched: types::Article = patched.json().await?;
    assert!(patched.standfirst.is_none());
    let lead = types::ArticlePatchStandfirst::try_from("A lead again.")?;
    let patch = types::ArticlePatch::builder().standfirst(lead);
    let patched = client.update_article().article(article).body(patch).send().await?;
    assert_eq!(patched.standfirst.as_ref().map(|it| it.as_str()), Some("A lead again."));
    assert_eq!(patched.title.as_str(), "Round trip 0 in Rust");
    Ok(())
}

/// The problem a request ended in; progenitor hands over the bytes of what is not `application/json`.
async fn problem<T>(
    answer: Result<client::ResponseValue<T>, Error<client::ByteStream>>,
) -> Outcome<types::Problem> {
    let Err(Error::ErrorResponse(answer)) = answer else { return Err("it is no problem".into()) };
    let chunks: Vec<bytes::Bytes> = answer.into_inner().into_inner().try_collect().await?;
    Ok(serde_json::from_slice(&chunks.concat())?)
}

async fn refused(client: &Client) -> Outcome<()> {
    let body = types::NewArticle::builder()
        .title("Refused")
        .language(types::NewArticleLanguage::try_from("no language")?);
    let problem = problem(client.create_article().body(body).send().await).await?;
    assert_eq!((problem.status, problem.code.as_str()), (422, "invalid-field"));
    let pointers: Vec<_> =
        problem.errors.iter().map(|it| it.pointer.as_ref().unwrap().as_str()).collect();
    assert_eq!(pointers, ["/language"]);
    Ok(())
}

async fn not_modified(client: &Client, article: &str) -> Outcome<()> {
    let answer = client.get_article().article(article).send().await?;
    let tag = answer.headers().get("etag").ok_or("no ETag")?.to_str()?.to_owned();
    match client.get_article().article(article).if_none_match(tag).send().await {
        Err(Error::UnexpectedResponse(answer)) if answer.status().as_u16() == 304 => Ok(()),
        other => Err(format!("not 304: {other:?}").into()),
    }
}
