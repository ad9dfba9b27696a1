// Made from openapi/openapi.json by clients/generate.py: `make client-types`.
import { segment, type Connection, type Init } from "./connection.js";
import { Listing } from "./listing.js";
import type * as t from "../types.js";

/** What a newsroom publishes, with everything that stands on its page. */
export const articles = (connection: Connection) => ({
  /** List articles: `GET /v1/articles` */
  list: (query?: t.ListArticlesQuery, init?: Init) =>
    new Listing<t.ArticleSummary, t.ArticlePage>(connection, "/v1/articles", query, init),
  /** Create an article: `POST /v1/articles` */
  create: (body: t.NewArticle, init?: Init) =>
    connection.json<t.Article>("POST", "/v1/articles", undefined, body, init),
  /** Get an article: `GET /v1/articles/{article}` */
  get: (article: string, init?: Init) =>
    connection.json<t.Article>("GET", `/v1/articles/${segment(article)}`, undefined, undefined, init),
  /** Create or replace an article: `PUT /v1/articles/{article}` */
  put: (article: string, body: t.NewArticle, init?: Init) =>
    connection.json<t.Article>("PUT", `/v1/articles/${segment(article)}`, undefined, body, init),
  /** Change an article: `PATCH /v1/articles/{article}` */
  update: (article: string, body: t.ArticlePatch, init?: Init) =>
    connection.json<t.Article>("PATCH", `/v1/articles/${segment(article)}`, undefined, body, init),
  /** Delete an article: `DELETE /v1/articles/{article}` */
  delete: (article: string, init?: Init) =>
    connection.json<void>("DELETE", `/v1/articles/${segment(article)}`, undefined, undefined, init),
  /** Suggest related articles: `GET /v1/articles/{article}/related` */
  listRelated: (article: string, query?: t.ListRelatedArticlesQuery, init?: Init) =>
    connection.json<t.RelatedArticleList>("GET", `/v1/articles/${segment(article)}/related`, query, undefined, init),
  /** List an article's aliases: `GET /v1/articles/{article}/aliases` */
  listAliases: (article: string, query?: t.ListArticleAliasesQuery, init?: Init) =>
    new Listing<t.ArticleAlias, t.ArticleAliasPage>(connection, `/v1/articles/${segment(article)}/aliases`, query, init),
  /** Release an article's alias: `DELETE /v1/articles/{article}/aliases/{slug}` */
  deleteAlias: (article: string, slug: string, init?: Init) =>
    connection.json<void>("DELETE", `/v1/articles/${segment(article)}/aliases/${segment(slug)}`, undefined, undefined, init),
});

/** Who said what, tied to the exact words of an article. */
export const quotes = (connection: Connection) => ({
  /** List quotes: `GET /v1/quotes` */
  list: (query?: t.ListQuotesQuery, init?: Init) =>
    new Listing<t.Quote, t.QuotePage>(connection, "/v1/quotes", query, init),
  /** Count quotes: `GET /v1/quotes/facets` */
  listFacets: (query?: t.ListQuoteFacetsQuery, init?: Init) =>
    connection.json<t.QuoteFacets>("GET", "/v1/quotes/facets", query, undefined, init),
  /** Get a quote: `GET /v1/quotes/{quote_id}` */
  get: (quoteId: string, init?: Init) =>
    connection.json<t.Quote>("GET", `/v1/quotes/${segment(quoteId)}`, undefined, undefined, init),
  /** Change a quote: `PATCH /v1/quotes/{quote_id}` */
  update: (quoteId: string, body: t.QuotePatch, init?: Init) =>
    connection.json<t.Quote>("PATCH", `/v1/quotes/${segment(quoteId)}`, undefined, body, init),
  /** Delete a quote: `DELETE /v1/quotes/{quote_id}` */
  delete: (quoteId: string, init?: Init) =>
    connection.json<void>("DELETE", `/v1/quotes/${segment(quoteId)}`, undefined, undefined, init),
  /** List an article's quotes: `GET /v1/articles/{article}/quotes` */
  listArticleQuotes: (article: string, query?: t.ListArticleQuotesQuery, init?: Init) =>
    new Listing<t.Quote, t.QuotePage>(connection, `/v1/articles/${segment(article)}/quotes`, query, init),
  /** Add a quote to an article: `POST /v1/articles/{article}/quotes` */
  create: (article: string, body: t.NewQuote, init?: Init) =>
    connection.json<t.Quote>("POST", `/v1/articles/${segment(article)}/quotes`, undefined, body, init),
  /** Suggest an article's quotes: `POST /v1/articles/{article}/quotes/suggest` */
  suggest: (article: string, query?: t.SuggestQuotesQuery, init?: Init) =>
    connection.json<t.QuoteSuggestionList>("POST", `/v1/articles/${segment(article)}/quotes/suggest`, query, undefined, init),
  /** Get a quote's selectors: `GET /v1/quotes/{quote_id}/selector` */
  getSelector: (quoteId: string, init?: Init) =>
    connection.json<t.QuoteTarget>("GET", `/v1/quotes/${segment(quoteId)}/selector`, undefined, undefined, init),
  /** List the history of a quote: `GET /v1/quotes/{quote_id}/history` */
  listHistory: (quoteId: string, query?: t.ListQuoteHistoryQuery, init?: Init) =>
    new Listing<t.QuoteHistoryEntry, t.QuoteHistoryPage>(connection, `/v1/quotes/${segment(quoteId)}/history`, query, init),
  /** Confirm suggested quotes: `POST /v1/articles/{article}/quotes/confirm` */
  confirm: (article: string, body: t.NewQuoteConfirmation, init?: Init) =>
    connection.json<t.QuoteList>("POST", `/v1/articles/${segment(article)}/quotes/confirm`, undefined, body, init),
  /** Reject suggested quotes: `POST /v1/articles/{article}/quotes/reject` */
  reject: (article: string, body: t.NewQuoteRejection, init?: Init) =>
    connection.json<t.QuoteList>("POST", `/v1/articles/${segment(article)}/quotes/reject`, undefined, body, init),
});

/** What an article points to, here or on the web, and who points to it. */
export const links = (connection: Connection) => ({
  /** List links: `GET /v1/links` */
  list: (query?: t.ListLinksQuery, init?: Init) =>
    new Listing<t.Link, t.LinkPage>(connection, "/v1/links", query, init),
  /** Get a link: `GET /v1/links/{link_id}` */
  get: (linkId: string, init?: Init) =>
    connection.json<t.Link>("GET", `/v1/links/${segment(linkId)}`, undefined, undefined, init),
  /** Change a link: `PATCH /v1/links/{link_id}` */
  update: (linkId: string, body: t.LinkPatch, init?: Init) =>
    connection.json<t.Link>("PATCH", `/v1/links/${segment(linkId)}`, undefined, body, init),
  /** Delete a link: `DELETE /v1/links/{link_id}` */
  delete: (linkId: string, init?: Init) =>
    connection.json<void>("DELETE", `/v1/links/${segment(linkId)}`, undefined, undefined, init),
  /** List an article's links: `GET /v1/articles/{article}/links` */
  listArticleLinks: (article: string, query?: t.ListArticleLinksQuery, init?: Init) =>
    new Listing<t.Link, t.LinkPage>(connection, `/v1/articles/${segment(article)}/links`, query, init),
  /** Add a link to an article: `POST /v1/articles/{article}/links` */
  create: (article: string, body: t.NewLink, init?: Init) =>
    connection.json<t.Link>("POST", `/v1/articles/${segment(article)}/links`, undefined, body, init),
});

/** A few letters that lead to an article, made with it or chosen by an editor, and how often they were followed. */
export const shortLinks = (connection: Connection) => ({
  /** Follow a short link: `GET /s/{code}` */
  follow: (code: string, init?: Init) =>
    connection.json<t.ArticleRef>("GET", `/s/${segment(code)}`, undefined, undefined, init),
  /** List short links: `GET /v1/short-links` */
  list: (query?: t.ListShortLinksQuery, init?: Init) =>
    new Listing<t.ShortLink, t.ShortLinkPage>(connection, "/v1/short-links", query, init),
  /** Get a short link: `GET /v1/short-links/{code}` */
  get: (code: string, init?: Init) =>
    connection.json<t.ShortLink>("GET", `/v1/short-links/${segment(code)}`, undefined, undefined, init),
  /** Choose a code for an article: `PUT /v1/short-links/{code}` */
  put: (code: string, body: t.NewShortLink, init?: Init) =>
    connection.json<t.ShortLink>("PUT", `/v1/short-links/${segment(code)}`, undefined, body, init),
  /** Retire a short link: `DELETE /v1/short-links/{code}` */
  delete: (code: string, init?: Init) =>
    connection.json<void>("DELETE", `/v1/short-links/${segment(code)}`, undefined, undefined, init),
});

/** Pictures, at the head of articles and in their bodies. */
export const images = (connection: Connection) => ({
  /** List images: `GET /v1/images` */
  list: (query?: t.ListImagesQuery, init?: Init) =>
    new Listing<t.Image, t.ImagePage>(connection, "/v1/images", query, init),
  /** Create an image: `POST /v1/images` */
  create: (body: t.NewImage, init?: Init) =>
    connection.json<t.Image>("POST", "/v1/images", undefined, body, init),
  /** Upload a new image: `POST /v1/uploads` */
  upload: (body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer>, init?: Init) =>
    connection.json<t.Image>("POST", "/v1/uploads", undefined, body, init),
  /** Get an image: `GET /v1/images/{image_id}` */
  get: (imageId: string, init?: Init) =>
    connection.json<t.Image>("GET", `/v1/images/${segment(imageId)}`, undefined, undefined, init),
  /** Change an image: `PATCH /v1/images/{image_id}` */
  update: (imageId: string, body: t.ImagePatch, init?: Init) =>
    connection.json<t.Image>("PATCH", `/v1/images/${segment(imageId)}`, undefined, body, init),
  /** Delete an image: `DELETE /v1/images/{image_id}` */
  delete: (imageId: string, init?: Init) =>
    connection.json<void>("DELETE", `/v1/images/${segment(imageId)}`, undefined, undefined, init),
  /** Put an image's file: `PUT /v1/images/{image_id}/file` */
  putFile: (imageId: string, body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer>, init?: Init) =>
    connection.json<t.Image>("PUT", `/v1/images/${segment(imageId)}/file`, undefined, body, init),
  /** Get a picture's file: `GET /media/{file}` */
  getMedia: (file: string, query?: t.GetMediaQuery, init?: Init) =>
    connection.raw("GET", `/media/${segment(file)}`, query, undefined, init),
});

/** What readers say about an article, and what moderators decide about that. */
export const comments = (connection: Connection) => ({
  /** List an article's comments: `GET /v1/articles/{article}/comments` */
  listArticleComments: (article: string, query?: t.ListArticleCommentsQuery, init?: Init) =>
    new Listing<t.Comment, t.CommentPage>(connection, `/v1/articles/${segment(article)}/comments`, query, init),
  /** Post a comment: `POST /v1/articles/{article}/comments` */
  create: (article: string, body: t.NewComment, init?: Init) =>
    connection.json<t.Comment>("POST", `/v1/articles/${segment(article)}/comments`, undefined, body, init),
  /** List comments of all articles: `GET /v1/comments` */
  list: (query?: t.ListCommentsQuery, init?: Init) =>
    new Listing<t.Comment, t.CommentPage>(connection, "/v1/comments", query, init),
  /** Get a comment: `GET /v1/comments/{comment_id}` */
  get: (commentId: string, init?: Init) =>
    connection.json<t.Comment>("GET", `/v1/comments/${segment(commentId)}`, undefined, undefined, init),
  /** Delete a comment: `DELETE /v1/comments/{comment_id}` */
  delete: (commentId: string, init?: Init) =>
    connection.json<void>("DELETE", `/v1/comments/${segment(commentId)}`, undefined, undefined, init),
  /** Take a comment back: `POST /v1/comments/{comment_id}/withdrawal` */
  withdraw: (commentId: string, body: t.NewCommentWithdrawal, init?: Init) =>
    connection.json<t.Comment>("POST", `/v1/comments/${segment(commentId)}/withdrawal`, undefined, body, init),
  /** List a comment's flags: `GET /v1/comments/{comment_id}/flags` */
  listFlags: (commentId: string, query?: t.ListCommentFlagsQuery, init?: Init) =>
    new Listing<t.CommentFlag, t.CommentFlagPage>(connection, `/v1/comments/${segment(commentId)}/flags`, query, init),
  /** Flag a comment: `POST /v1/comments/{comment_id}/flags` */
  flag: (commentId: string, body: t.NewCommentFlag, init?: Init) =>
    connection.json<t.CommentFlag>("POST", `/v1/comments/${segment(commentId)}/flags`, undefined, body, init),
  /** Decide on a comment: `POST /v1/comments/{comment_id}/decision` */
  decide: (commentId: string, body: t.NewCommentDecision, init?: Init) =>
    connection.json<t.Comment>("POST", `/v1/comments/${segment(commentId)}/decision`, undefined, body, init),
  /** Decide on many comments: `POST /v1/comment-decisions` */
  decideComments: (body: t.NewCommentDecisions, init?: Init) =>
    connection.json<t.CommentDecisionResults>("POST", "/v1/comment-decisions", undefined, body, init),
  /** List the decisions on a comment: `GET /v1/comments/{comment_id}/decisions` */
  listDecisions: (commentId: string, query?: t.ListCommentDecisionsQuery, init?: Init) =>
    new Listing<t.CommentDecision, t.CommentDecisionPage>(connection, `/v1/comments/${segment(commentId)}/decisions`, query, init),
  /** List the words the screening looks for: `GET /v1/comment-words` */
  listWords: (query?: t.ListCommentWordsQuery, init?: Init) =>
    new Listing<t.CommentWord, t.CommentWordPage>(connection, "/v1/comment-words", query, init),
  /** Enter a word the screening looks for: `POST /v1/comment-words` */
  createWord: (body: t.NewCommentWord, init?: Init) =>
    connection.json<t.CommentWord>("POST", "/v1/comment-words", undefined, body, init),
  /** Get a word the screening looks for: `GET /v1/comment-words/{word_id}` */
  getWord: (wordId: string, init?: Init) =>
    connection.json<t.CommentWord>("GET", `/v1/comment-words/${segment(wordId)}`, undefined, undefined, init),
  /** Take a word off the list: `DELETE /v1/comment-words/{word_id}` */
  deleteWord: (wordId: string, init?: Init) =>
    connection.json<void>("DELETE", `/v1/comment-words/${segment(wordId)}`, undefined, undefined, init),
});

/** The rules of the discussion, in their versions. */
export const communityStandards = (connection: Connection) => ({
  /** Get the community standards: `GET /v1/community-standards` */
  get: (init?: Init) =>
    connection.json<t.CommunityStandards>("GET", "/v1/community-standards", undefined, undefined, init),
  /** Replace the community standards: `PUT /v1/community-standards` */
  put: (body: t.NewCommunityStandards, init?: Init) =>
    connection.json<t.CommunityStandards>("PUT", "/v1/community-standards", undefined, body, init),
  /** List versions of the community standards: `GET /v1/community-standards/versions` */
  listVersions: (query?: t.ListCommunityStandardsVersionsQuery, init?: Init) =>
    new Listing<t.CommunityStandards, t.CommunityStandardsPage>(connection, "/v1/community-standards/versions", query, init),
  /** Get a version of the community standards: `GET /v1/community-standards/versions/{version}` */
  getVersion: (version: number, init?: Init) =>
    connection.json<t.CommunityStandards>("GET", `/v1/community-standards/versions/${segment(version)}`, undefined, undefined, init),
});

/** What articles are about. */
export const tags = (connection: Connection) => ({
  /** List tags: `GET /v1/tags` */
  list: (query?: t.ListTagsQuery, init?: Init) =>
    new Listing<t.Tag, t.TagPage>(connection, "/v1/tags", query, init),
  /** Create a tag: `POST /v1/tags` */
  create: (body: t.NewTag, init?: Init) =>
    connection.json<t.Tag>("POST", "/v1/tags", undefined, body, init),
  /** Get a tag: `GET /v1/tags/{tag}` */
  get: (tag: string, init?: Init) =>
    connection.json<t.Tag>("GET", `/v1/tags/${segment(tag)}`, undefined, undefined, init),
  /** Create or replace a tag: `PUT /v1/tags/{tag}` */
  put: (tag: string, body: t.NewTag, init?: Init) =>
    connection.json<t.Tag>("PUT", `/v1/tags/${segment(tag)}`, undefined, body, init),
  /** Change a tag: `PATCH /v1/tags/{tag}` */
  update: (tag: string, body: t.TagPatch, init?: Init) =>
    connection.json<t.Tag>("PATCH", `/v1/tags/${segment(tag)}`, undefined, body, init),
  /** Delete a tag: `DELETE /v1/tags/{tag}` */
  delete: (tag: string, init?: Init) =>
    connection.json<void>("DELETE", `/v1/tags/${segment(tag)}`, undefined, undefined, init),
  /** Merge a tag into another: `POST /v1/tags/{tag}/merge` */
  merge: (tag: string, body: t.Merge, init?: Init) =>
    connection.json<t.Tag>("POST", `/v1/tags/${segment(tag)}/merge`, undefined, body, init),
});

/** Who wrote, and who spoke. */
export const people = (connection: Connection) => ({
  /** List people: `GET /v1/people` */
  list: (query?: t.ListPeopleQuery, init?: Init) =>
    new Listing<t.Person, t.PersonPage>(connection, "/v1/people", query, init),
  /** Enter a person: `POST /v1/people` */
  create: (body: t.NewPerson, init?: Init) =>
    connection.json<t.Person>("POST", "/v1/people", undefined, body, init),
  /** Get a person: `GET /v1/people/{person}` */
  get: (person: string, init?: Init) =>
    connection.json<t.Person>("GET", `/v1/people/${segment(person)}`, undefined, undefined, init),
  /** Change a person: `PATCH /v1/people/{person}` */
  update: (person: string, body: t.PersonPatch, init?: Init) =>
    connection.json<t.Person>("PATCH", `/v1/people/${segment(person)}`, undefined, body, init),
  /** Delete a person: `DELETE /v1/people/{person}` */
  delete: (person: string, init?: Init) =>
    connection.json<void>("DELETE", `/v1/people/${segment(person)}`, undefined, undefined, init),
  /** Merge a person into another: `POST /v1/people/{person}/merge` */
  merge: (person: string, body: t.Merge, init?: Init) =>
    connection.json<t.Person>("POST", `/v1/people/${segment(person)}/merge`, undefined, body, init),
});

/** What a few typed letters can become. Full text is asked of articles and quotes. */
export const search = (connection: Connection) => ({
  /** Complete what is typed: `GET /v1/suggest` */
  listSuggestions: (query?: t.ListSuggestionsQuery, init?: Init) =>
    connection.json<t.SuggestionList>("GET", "/v1/suggest", query, undefined, init),
});

/** What can be heard or seen live, and what is on when. */
export const streams = (connection: Connection) => ({
  /** List streams: `GET /v1/streams` */
  list: (query?: t.ListStreamsQuery, init?: Init) =>
    new Listing<t.Stream, t.StreamPage>(connection, "/v1/streams", query, init),
  /** Create a stream: `POST /v1/streams` */
  create: (body: t.NewStream, init?: Init) =>
    connection.json<t.Stream>("POST", "/v1/streams", undefined, body, init),
  /** Get a stream: `GET /v1/streams/{stream}` */
  get: (stream: string, init?: Init) =>
    connection.json<t.Stream>("GET", `/v1/streams/${segment(stream)}`, undefined, undefined, init),
  /** Create or replace a stream: `PUT /v1/streams/{stream}` */
  put: (stream: string, body: t.NewStream, init?: Init) =>
    connection.json<t.Stream>("PUT", `/v1/streams/${segment(stream)}`, undefined, body, init),
  /** Change a stream: `PATCH /v1/streams/{stream}` */
  update: (stream: string, body: t.StreamPatch, init?: Init) =>
    connection.json<t.Stream>("PATCH", `/v1/streams/${segment(stream)}`, undefined, body, init),
  /** Delete a stream: `DELETE /v1/streams/{stream}` */
  delete: (stream: string, init?: Init) =>
    connection.json<void>("DELETE", `/v1/streams/${segment(stream)}`, undefined, undefined, init),
  /** Get a stream's schedule: `GET /v1/streams/{stream}/schedule` */
  getSchedule: (stream: string, query?: t.GetScheduleQuery, init?: Init) =>
    new Listing<t.Programme, t.SchedulePage>(connection, `/v1/streams/${segment(stream)}/schedule`, query, init),
  /** Replace a part of a stream's schedule: `PUT /v1/streams/{stream}/schedule` */
  putSchedule: (stream: string, body: t.NewSchedule, init?: Init) =>
    connection.json<t.Schedule>("PUT", `/v1/streams/${segment(stream)}/schedule`, undefined, body, init),
  /** Get a programme: `GET /v1/programmes/{programme_id}` */
  getProgramme: (programmeId: string, init?: Init) =>
    connection.json<t.Programme>("GET", `/v1/programmes/${segment(programmeId)}`, undefined, undefined, init),
  /** Change a programme: `PATCH /v1/programmes/{programme_id}` */
  updateProgramme: (programmeId: string, body: t.ProgrammePatch, init?: Init) =>
    connection.json<t.Programme>("PATCH", `/v1/programmes/${segment(programmeId)}`, undefined, body, init),
  /** Delete a programme: `DELETE /v1/programmes/{programme_id}` */
  deleteProgramme: (programmeId: string, init?: Init) =>
    connection.json<void>("DELETE", `/v1/programmes/${segment(programmeId)}`, undefined, undefined, init),
});

/** What has changed since: to be read, waited for or listened to. */
export const changes = (connection: Connection) => ({
  /** List changes: `GET /v1/changes` */
  list: (query?: t.ListChangesQuery, init?: Init) =>
    connection.json<t.ChangePage>("GET", "/v1/changes", query, undefined, init),
  /** Stream changes: `GET /v1/changes/stream` */
  stream: (query?: t.StreamChangesQuery, init?: Init) =>
    connection.raw("GET", "/v1/changes/stream", query, undefined, init),
});

/** Who is told of changes, by signed messages as Standard Webhooks has them. Needs the scope `admin`. */
export const webhooks = (connection: Connection) => ({
  /** List webhooks: `GET /v1/webhooks` */
  list: (query?: t.ListWebhooksQuery, init?: Init) =>
    new Listing<t.Webhook, t.WebhookPage>(connection, "/v1/webhooks", query, init),
  /** Make a webhook: `POST /v1/webhooks` */
  create: (body: t.NewWebhook, init?: Init) =>
    connection.json<t.CreatedWebhook>("POST", "/v1/webhooks", undefined, body, init),
  /** Get a webhook: `GET /v1/webhooks/{webhook_id}` */
  get: (webhookId: string, init?: Init) =>
    connection.json<t.Webhook>("GET", `/v1/webhooks/${segment(webhookId)}`, undefined, undefined, init),
  /** Change a webhook: `PATCH /v1/webhooks/{webhook_id}` */
  update: (webhookId: string, body: t.WebhookPatch, init?: Init) =>
    connection.json<t.Webhook>("PATCH", `/v1/webhooks/${segment(webhookId)}`, undefined, body, init),
  /** Delete a webhook: `DELETE /v1/webhooks/{webhook_id}` */
  delete: (webhookId: string, init?: Init) =>
    connection.json<void>("DELETE", `/v1/webhooks/${segment(webhookId)}`, undefined, undefined, init),
  /** Give a webhook a new secret: `POST /v1/webhooks/{webhook_id}/rotate` */
  rotate: (webhookId: string, init?: Init) =>
    connection.json<t.CreatedWebhook>("POST", `/v1/webhooks/${segment(webhookId)}/rotate`, undefined, undefined, init),
  /** Send a webhook changes again: `POST /v1/webhooks/{webhook_id}/replay` */
  replay: (webhookId: string, body: t.NewReplay, init?: Init) =>
    connection.json<t.Webhook>("POST", `/v1/webhooks/${segment(webhookId)}/replay`, undefined, body, init),
  /** List a webhook's deliveries: `GET /v1/webhooks/{webhook_id}/deliveries` */
  listDeliveries: (webhookId: string, query?: t.ListWebhookDeliveriesQuery, init?: Init) =>
    new Listing<t.WebhookDelivery, t.WebhookDeliveryPage>(connection, `/v1/webhooks/${segment(webhookId)}/deliveries`, query, init),
  /** Get a delivery: `GET /v1/webhook-deliveries/{delivery_id}` */
  getDelivery: (deliveryId: string, init?: Init) =>
    connection.json<t.WebhookDelivery>("GET", `/v1/webhook-deliveries/${segment(deliveryId)}`, undefined, undefined, init),
  /** Send a webhook a ping: `POST /v1/webhooks/{webhook_id}/ping` */
  ping: (webhookId: string, init?: Init) =>
    connection.json<t.WebhookDelivery>("POST", `/v1/webhooks/${segment(webhookId)}/ping`, undefined, undefined, init),
  /** Send a delivery again: `POST /v1/webhook-deliveries/{delivery_id}/redeliver` */
  redeliverDelivery: (deliveryId: string, init?: Init) =>
    connection.json<t.WebhookDelivery>("POST", `/v1/webhook-deliveries/${segment(deliveryId)}/redeliver`, undefined, undefined, init),
});

/** What lets programs in. Needs the scope `admin`. */
export const keys = (connection: Connection) => ({
  /** List keys: `GET /v1/keys` */
  list: (query?: t.ListKeysQuery, init?: Init) =>
    new Listing<t.Key, t.KeyPage>(connection, "/v1/keys", query, init),
  /** Make a key: `POST /v1/keys` */
  create: (body: t.NewKey, init?: Init) =>
    connection.json<t.CreatedKey>("POST", "/v1/keys", undefined, body, init),
  /** Get a key: `GET /v1/keys/{key_id}` */
  get: (keyId: string, init?: Init) =>
    connection.json<t.Key>("GET", `/v1/keys/${segment(keyId)}`, undefined, undefined, init),
  /** Revoke a key: `DELETE /v1/keys/{key_id}` */
  revoke: (keyId: string, init?: Init) =>
    connection.json<void>("DELETE", `/v1/keys/${segment(keyId)}`, undefined, undefined, init),
});

/** Whether the server lives and can serve. */
export const health = (connection: Connection) => ({
  /** Ask whether the server lives: `GET /healthz` */
  get: (init?: Init) =>
    connection.json<t.Health>("GET", "/healthz", undefined, undefined, init),
  /** Ask whether the server can serve: `GET /readyz` */
  getReadiness: (init?: Init) =>
    connection.json<t.Health>("GET", "/readyz", undefined, undefined, init),
});

/** Every resource of one connection. */
export const resources = (connection: Connection) => ({
  articles: articles(connection),
  quotes: quotes(connection),
  links: links(connection),
  shortLinks: shortLinks(connection),
  images: images(connection),
  comments: comments(connection),
  communityStandards: communityStandards(connection),
  tags: tags(connection),
  people: people(connection),
  search: search(connection),
  streams: streams(connection),
  changes: changes(connection),
  webhooks: webhooks(connection),
  keys: keys(connection),
  health: health(connection),
});
