import { type Connection, type Init } from "./connection.js";
import { Listing } from "./listing.js";
import type * as t from "../types.js";
/** What a newsroom publishes, with everything that stands on its page. */
export declare const articles: (connection: Connection) => {
    /** List articles: `GET /v1/articles` */
    list: (query?: t.ListArticlesQuery, init?: Init) => Listing<t.ArticleSummary, t.ArticlePage>;
    /** Create an article: `POST /v1/articles` */
    create: (body: t.NewArticle, init?: Init) => Promise<t.Article>;
    /** Get an article: `GET /v1/articles/{article}` */
    get: (article: string, init?: Init) => Promise<t.Article>;
    /** Create or replace an article: `PUT /v1/articles/{article}` */
    put: (article: string, body: t.NewArticle, init?: Init) => Promise<t.Article>;
    /** Change an article: `PATCH /v1/articles/{article}` */
    update: (article: string, body: t.ArticlePatch, init?: Init) => Promise<t.Article>;
    /** Delete an article: `DELETE /v1/articles/{article}` */
    delete: (article: string, init?: Init) => Promise<void>;
    /** Suggest related articles: `GET /v1/articles/{article}/related` */
    listRelated: (article: string, query?: t.ListRelatedArticlesQuery, init?: Init) => Promise<t.RelatedArticleList>;
    /** List an article's aliases: `GET /v1/articles/{article}/aliases` */
    listAliases: (article: string, query?: t.ListArticleAliasesQuery, init?: Init) => Listing<t.ArticleAlias, t.ArticleAliasPage>;
    /** Release an article's alias: `DELETE /v1/articles/{article}/aliases/{slug}` */
    deleteAlias: (article: string, slug: string, init?: Init) => Promise<void>;
};
/** Who said what, tied to the exact words of an article. */
export declare const quotes: (connection: Connection) => {
    /** List quotes: `GET /v1/quotes` */
    list: (query?: t.ListQuotesQuery, init?: Init) => Listing<t.Quote, t.QuotePage>;
    /** Count quotes: `GET /v1/quotes/facets` */
    listFacets: (query?: t.ListQuoteFacetsQuery, init?: Init) => Promise<t.QuoteFacets>;
    /** Get a quote: `GET /v1/quotes/{quote_id}` */
    get: (quoteId: string, init?: Init) => Promise<t.Quote>;
    /** Change a quote: `PATCH /v1/quotes/{quote_id}` */
    update: (quoteId: string, body: t.QuotePatch, init?: Init) => Promise<t.Quote>;
    /** Delete a quote: `DELETE /v1/quotes/{quote_id}` */
    delete: (quoteId: string, init?: Init) => Promise<void>;
    /** List an article's quotes: `GET /v1/articles/{article}/quotes` */
    listArticleQuotes: (article: string, query?: t.ListArticleQuotesQuery, init?: Init) => Listing<t.Quote, t.QuotePage>;
    /** Add a quote to an article: `POST /v1/articles/{article}/quotes` */
    create: (article: string, body: t.NewQuote, init?: Init) => Promise<t.Quote>;
    /** Suggest an article's quotes: `POST /v1/articles/{article}/quotes/suggest` */
    suggest: (article: string, query?: t.SuggestQuotesQuery, init?: Init) => Promise<t.QuoteSuggestionList>;
    /** Get a quote's selectors: `GET /v1/quotes/{quote_id}/selector` */
    getSelector: (quoteId: string, init?: Init) => Promise<t.QuoteTarget>;
    /** List the history of a quote: `GET /v1/quotes/{quote_id}/history` */
    listHistory: (quoteId: string, query?: t.ListQuoteHistoryQuery, init?: Init) => Listing<t.QuoteHistoryEntry, t.QuoteHistoryPage>;
    /** Confirm suggested quotes: `POST /v1/articles/{article}/quotes/confirm` */
    confirm: (article: string, body: t.NewQuoteConfirmation, init?: Init) => Promise<t.QuoteList>;
    /** Reject suggested quotes: `POST /v1/articles/{article}/quotes/reject` */
    reject: (article: string, body: t.NewQuoteRejection, init?: Init) => Promise<t.QuoteList>;
};
/** What an article points to, here or on the web, and who points to it. */
export declare const links: (connection: Connection) => {
    /** List links: `GET /v1/links` */
    list: (query?: t.ListLinksQuery, init?: Init) => Listing<t.Link, t.LinkPage>;
    /** Get a link: `GET /v1/links/{link_id}` */
    get: (linkId: string, init?: Init) => Promise<t.Link>;
    /** Change a link: `PATCH /v1/links/{link_id}` */
    update: (linkId: string, body: t.LinkPatch, init?: Init) => Promise<t.Link>;
    /** Delete a link: `DELETE /v1/links/{link_id}` */
    delete: (linkId: string, init?: Init) => Promise<void>;
    /** List an article's links: `GET /v1/articles/{article}/links` */
    listArticleLinks: (article: string, query?: t.ListArticleLinksQuery, init?: Init) => Listing<t.Link, t.LinkPage>;
    /** Add a link to an article: `POST /v1/articles/{article}/links` */
    create: (article: string, body: t.NewLink, init?: Init) => Promise<t.Link>;
};
/** A few letters that lead to an article, made with it or chosen by an editor, and how often they were followed. */
export declare const shortLinks: (connection: Connection) => {
    /** Follow a short link: `GET /s/{code}` */
    follow: (code: string, init?: Init) => Promise<t.ArticleRef>;
    /** List short links: `GET /v1/short-links` */
    list: (query?: t.ListShortLinksQuery, init?: Init) => Listing<t.ShortLink, t.ShortLinkPage>;
    /** Get a short link: `GET /v1/short-links/{code}` */
    get: (code: string, init?: Init) => Promise<t.ShortLink>;
    /** Choose a code for an article: `PUT /v1/short-links/{code}` */
    put: (code: string, body: t.NewShortLink, init?: Init) => Promise<t.ShortLink>;
    /** Retire a short link: `DELETE /v1/short-links/{code}` */
    delete: (code: string, init?: Init) => Promise<void>;
};
/** Pictures, at the head of articles and in their bodies. */
export declare const images: (connection: Connection) => {
    /** List images: `GET /v1/images` */
    list: (query?: t.ListImagesQuery, init?: Init) => Listing<t.Image, t.ImagePage>;
    /** Create an image: `POST /v1/images` */
    create: (body: t.NewImage, init?: Init) => Promise<t.Image>;
    /** Upload a new image: `POST /v1/uploads` */
    upload: (body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer>, init?: Init) => Promise<t.Image>;
    /** Get an image: `GET /v1/images/{image_id}` */
    get: (imageId: string, init?: Init) => Promise<t.Image>;
    /** Change an image: `PATCH /v1/images/{image_id}` */
    update: (imageId: string, body: t.ImagePatch, init?: Init) => Promise<t.Image>;
    /** Delete an image: `DELETE /v1/images/{image_id}` */
    delete: (imageId: string, init?: Init) => Promise<void>;
    /** Put an image's file: `PUT /v1/images/{image_id}/file` */
    putFile: (imageId: string, body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer>, init?: Init) => Promise<t.Image>;
    /** Get a picture's file: `GET /media/{file}` */
    getMedia: (file: string, query?: t.GetMediaQuery, init?: Init) => Promise<Response>;
};
/** What readers say about an article, and what moderators decide about that. */
export declare const comments: (connection: Connection) => {
    /** List an article's comments: `GET /v1/articles/{article}/comments` */
    listArticleComments: (article: string, query?: t.ListArticleCommentsQuery, init?: Init) => Listing<t.Comment, t.CommentPage>;
    /** Post a comment: `POST /v1/articles/{article}/comments` */
    create: (article: string, body: t.NewComment, init?: Init) => Promise<t.Comment>;
    /** List comments of all articles: `GET /v1/comments` */
    list: (query?: t.ListCommentsQuery, init?: Init) => Listing<t.Comment, t.CommentPage>;
    /** Get a comment: `GET /v1/comments/{comment_id}` */
    get: (commentId: string, init?: Init) => Promise<t.Comment>;
    /** Delete a comment: `DELETE /v1/comments/{comment_id}` */
    delete: (commentId: string, init?: Init) => Promise<void>;
    /** Take a comment back: `POST /v1/comments/{comment_id}/withdrawal` */
    withdraw: (commentId: string, body: t.NewCommentWithdrawal, init?: Init) => Promise<t.Comment>;
    /** List a comment's flags: `GET /v1/comments/{comment_id}/flags` */
    listFlags: (commentId: string, query?: t.ListCommentFlagsQuery, init?: Init) => Listing<t.CommentFlag, t.CommentFlagPage>;
    /** Flag a comment: `POST /v1/comments/{comment_id}/flags` */
    flag: (commentId: string, body: t.NewCommentFlag, init?: Init) => Promise<t.CommentFlag>;
    /** Decide on a comment: `POST /v1/comments/{comment_id}/decision` */
    decide: (commentId: string, body: t.NewCommentDecision, init?: Init) => Promise<t.Comment>;
    /** Decide on many comments: `POST /v1/comment-decisions` */
    decideComments: (body: t.NewCommentDecisions, init?: Init) => Promise<t.CommentDecisionResults>;
    /** List the decisions on a comment: `GET /v1/comments/{comment_id}/decisions` */
    listDecisions: (commentId: string, query?: t.ListCommentDecisionsQuery, init?: Init) => Listing<t.CommentDecision, t.CommentDecisionPage>;
    /** List the words the screening looks for: `GET /v1/comment-words` */
    listWords: (query?: t.ListCommentWordsQuery, init?: Init) => Listing<t.CommentWord, t.CommentWordPage>;
    /** Enter a word the screening looks for: `POST /v1/comment-words` */
    createWord: (body: t.NewCommentWord, init?: Init) => Promise<t.CommentWord>;
    /** Get a word the screening looks for: `GET /v1/comment-words/{word_id}` */
    getWord: (wordId: string, init?: Init) => Promise<t.CommentWord>;
    /** Take a word off the list: `DELETE /v1/comment-words/{word_id}` */
    deleteWord: (wordId: string, init?: Init) => Promise<void>;
};
/** The rules of the discussion, in their versions. */
export declare const communityStandards: (connection: Connection) => {
    /** Get the community standards: `GET /v1/community-standards` */
    get: (init?: Init) => Promise<t.CommunityStandards>;
    /** Replace the community standards: `PUT /v1/community-standards` */
    put: (body: t.NewCommunityStandards, init?: Init) => Promise<t.CommunityStandards>;
    /** List versions of the community standards: `GET /v1/community-standards/versions` */
    listVersions: (query?: t.ListCommunityStandardsVersionsQuery, init?: Init) => Listing<t.CommunityStandards, t.CommunityStandardsPage>;
    /** Get a version of the community standards: `GET /v1/community-standards/versions/{version}` */
    getVersion: (version: number, init?: Init) => Promise<t.CommunityStandards>;
};
/** What articles are about. */
export declare const tags: (connection: Connection) => {
    /** List tags: `GET /v1/tags` */
    list: (query?: t.ListTagsQuery, init?: Init) => Listing<t.Tag, t.TagPage>;
    /** Create a tag: `POST /v1/tags` */
    create: (body: t.NewTag, init?: Init) => Promise<t.Tag>;
    /** Get a tag: `GET /v1/tags/{tag}` */
    get: (tag: string, init?: Init) => Promise<t.Tag>;
    /** Create or replace a tag: `PUT /v1/tags/{tag}` */
    put: (tag: string, body: t.NewTag, init?: Init) => Promise<t.Tag>;
    /** Change a tag: `PATCH /v1/tags/{tag}` */
    update: (tag: string, body: t.TagPatch, init?: Init) => Promise<t.Tag>;
    /** Delete a tag: `DELETE /v1/tags/{tag}` */
    delete: (tag: string, init?: Init) => Promise<void>;
    /** Merge a tag into another: `POST /v1/tags/{tag}/merge` */
    merge: (tag: string, body: t.Merge, init?: Init) => Promise<t.Tag>;
};
/** Who wrote, and who spoke. */
export declare const people: (connection: Connection) => {
    /** List people: `GET /v1/people` */
    list: (query?: t.ListPeopleQuery, init?: Init) => Listing<t.Person, t.PersonPage>;
    /** Enter a person: `POST /v1/people` */
    create: (body: t.NewPerson, init?: Init) => Promise<t.Person>;
    /** Get a person: `GET /v1/people/{person}` */
    get: (person: string, init?: Init) => Promise<t.Person>;
    /** Change a person: `PATCH /v1/people/{person}` */
    update: (person: string, body: t.PersonPatch, init?: Init) => Promise<t.Person>;
    /** Delete a person: `DELETE /v1/people/{person}` */
    delete: (person: string, init?: Init) => Promise<void>;
    /** Merge a person into another: `POST /v1/people/{person}/merge` */
    merge: (person: string, body: t.Merge, init?: Init) => Promise<t.Person>;
};
/** What a few typed letters can become. Full text is asked of articles and quotes. */
export declare const search: (connection: Connection) => {
    /** Complete what is typed: `GET /v1/suggest` */
    listSuggestions: (query?: t.ListSuggestionsQuery, init?: Init) => Promise<t.SuggestionList>;
};
/** What can be heard or seen live, and what is on when. */
export declare const streams: (connection: Connection) => {
    /** List streams: `GET /v1/streams` */
    list: (query?: t.ListStreamsQuery, init?: Init) => Listing<t.Stream, t.StreamPage>;
    /** Create a stream: `POST /v1/streams` */
    create: (body: t.NewStream, init?: Init) => Promise<t.Stream>;
    /** Get a stream: `GET /v1/streams/{stream}` */
    get: (stream: string, init?: Init) => Promise<t.Stream>;
    /** Create or replace a stream: `PUT /v1/streams/{stream}` */
    put: (stream: string, body: t.NewStream, init?: Init) => Promise<t.Stream>;
    /** Change a stream: `PATCH /v1/streams/{stream}` */
    update: (stream: string, body: t.StreamPatch, init?: Init) => Promise<t.Stream>;
    /** Delete a stream: `DELETE /v1/streams/{stream}` */
    delete: (stream: string, init?: Init) => Promise<void>;
    /** Get a stream's schedule: `GET /v1/streams/{stream}/schedule` */
    getSchedule: (stream: string, query?: t.GetScheduleQuery, init?: Init) => Listing<t.Programme, t.SchedulePage>;
    /** Replace a part of a stream's schedule: `PUT /v1/streams/{stream}/schedule` */
    putSchedule: (stream: string, body: t.NewSchedule, init?: Init) => Promise<t.Schedule>;
    /** Get a programme: `GET /v1/programmes/{programme_id}` */
    getProgramme: (programmeId: string, init?: Init) => Promise<t.Programme>;
    /** Change a programme: `PATCH /v1/programmes/{programme_id}` */
    updateProgramme: (programmeId: string, body: t.ProgrammePatch, init?: Init) => Promise<t.Programme>;
    /** Delete a programme: `DELETE /v1/programmes/{programme_id}` */
    deleteProgramme: (programmeId: string, init?: Init) => Promise<void>;
};
/** What has changed since: to be read, waited for or listened to. */
export declare const changes: (connection: Connection) => {
    /** List changes: `GET /v1/changes` */
    list: (query?: t.ListChangesQuery, init?: Init) => Promise<t.ChangePage>;
    /** Stream changes: `GET /v1/changes/stream` */
    stream: (query?: t.StreamChangesQuery, init?: Init) => Promise<Response>;
};
/** Who is told of changes, by signed messages as Standard Webhooks has them. Needs the scope `admin`. */
export declare const webhooks: (connection: Connection) => {
    /** List webhooks: `GET /v1/webhooks` */
    list: (query?: t.ListWebhooksQuery, init?: Init) => Listing<t.Webhook, t.WebhookPage>;
    /** Make a webhook: `POST /v1/webhooks` */
    create: (body: t.NewWebhook, init?: Init) => Promise<t.CreatedWebhook>;
    /** Get a webhook: `GET /v1/webhooks/{webhook_id}` */
    get: (webhookId: string, init?: Init) => Promise<t.Webhook>;
    /** Change a webhook: `PATCH /v1/webhooks/{webhook_id}` */
    update: (webhookId: string, body: t.WebhookPatch, init?: Init) => Promise<t.Webhook>;
    /** Delete a webhook: `DELETE /v1/webhooks/{webhook_id}` */
    delete: (webhookId: string, init?: Init) => Promise<void>;
    /** Give a webhook a new secret: `POST /v1/webhooks/{webhook_id}/rotate` */
    rotate: (webhookId: string, init?: Init) => Promise<t.CreatedWebhook>;
    /** Send a webhook changes again: `POST /v1/webhooks/{webhook_id}/replay` */
    replay: (webhookId: string, body: t.NewReplay, init?: Init) => Promise<t.Webhook>;
    /** List a webhook's deliveries: `GET /v1/webhooks/{webhook_id}/deliveries` */
    listDeliveries: (webhookId: string, query?: t.ListWebhookDeliveriesQuery, init?: Init) => Listing<t.WebhookDelivery, t.WebhookDeliveryPage>;
    /** Get a delivery: `GET /v1/webhook-deliveries/{delivery_id}` */
    getDelivery: (deliveryId: string, init?: Init) => Promise<t.WebhookDelivery>;
    /** Send a webhook a ping: `POST /v1/webhooks/{webhook_id}/ping` */
    ping: (webhookId: string, init?: Init) => Promise<t.WebhookDelivery>;
    /** Send a delivery again: `POST /v1/webhook-deliveries/{delivery_id}/redeliver` */
    redeliverDelivery: (deliveryId: string, init?: Init) => Promise<t.WebhookDelivery>;
};
/** What lets programs in. Needs the scope `admin`. */
export declare const keys: (connection: Connection) => {
    /** List keys: `GET /v1/keys` */
    list: (query?: t.ListKeysQuery, init?: Init) => Listing<t.Key, t.KeyPage>;
    /** Make a key: `POST /v1/keys` */
    create: (body: t.NewKey, init?: Init) => Promise<t.CreatedKey>;
    /** Get a key: `GET /v1/keys/{key_id}` */
    get: (keyId: string, init?: Init) => Promise<t.Key>;
    /** Revoke a key: `DELETE /v1/keys/{key_id}` */
    revoke: (keyId: string, init?: Init) => Promise<void>;
};
/** Whether the server lives and can serve. */
export declare const health: (connection: Connection) => {
    /** Ask whether the server lives: `GET /healthz` */
    get: (init?: Init) => Promise<t.Health>;
    /** Ask whether the server can serve: `GET /readyz` */
    getReadiness: (init?: Init) => Promise<t.Health>;
};
/** Every resource of one connection. */
export declare const resources: (connection: Connection) => {
    articles: {
        /** List articles: `GET /v1/articles` */
        list: (query?: t.ListArticlesQuery, init?: Init) => Listing<t.ArticleSummary, t.ArticlePage>;
        /** Create an article: `POST /v1/articles` */
        create: (body: t.NewArticle, init?: Init) => Promise<t.Article>;
        /** Get an article: `GET /v1/articles/{article}` */
        get: (article: string, init?: Init) => Promise<t.Article>;
        /** Create or replace an article: `PUT /v1/articles/{article}` */
        put: (article: string, body: t.NewArticle, init?: Init) => Promise<t.Article>;
        /** Change an article: `PATCH /v1/articles/{article}` */
        update: (article: string, body: t.ArticlePatch, init?: Init) => Promise<t.Article>;
        /** Delete an article: `DELETE /v1/articles/{article}` */
        delete: (article: string, init?: Init) => Promise<void>;
        /** Suggest related articles: `GET /v1/articles/{article}/related` */
        listRelated: (article: string, query?: t.ListRelatedArticlesQuery, init?: Init) => Promise<t.RelatedArticleList>;
        /** List an article's aliases: `GET /v1/articles/{article}/aliases` */
        listAliases: (article: string, query?: t.ListArticleAliasesQuery, init?: Init) => Listing<t.ArticleAlias, t.ArticleAliasPage>;
        /** Release an article's alias: `DELETE /v1/articles/{article}/aliases/{slug}` */
        deleteAlias: (article: string, slug: string, init?: Init) => Promise<void>;
    };
    quotes: {
        /** List quotes: `GET /v1/quotes` */
        list: (query?: t.ListQuotesQuery, init?: Init) => Listing<t.Quote, t.QuotePage>;
        /** Count quotes: `GET /v1/quotes/facets` */
        listFacets: (query?: t.ListQuoteFacetsQuery, init?: Init) => Promise<t.QuoteFacets>;
        /** Get a quote: `GET /v1/quotes/{quote_id}` */
        get: (quoteId: string, init?: Init) => Promise<t.Quote>;
        /** Change a quote: `PATCH /v1/quotes/{quote_id}` */
        update: (quoteId: string, body: t.QuotePatch, init?: Init) => Promise<t.Quote>;
        /** Delete a quote: `DELETE /v1/quotes/{quote_id}` */
        delete: (quoteId: string, init?: Init) => Promise<void>;
        /** List an article's quotes: `GET /v1/articles/{article}/quotes` */
        listArticleQuotes: (article: string, query?: t.ListArticleQuotesQuery, init?: Init) => Listing<t.Quote, t.QuotePage>;
        /** Add a quote to an article: `POST /v1/articles/{article}/quotes` */
        create: (article: string, body: t.NewQuote, init?: Init) => Promise<t.Quote>;
        /** Suggest an article's quotes: `POST /v1/articles/{article}/quotes/suggest` */
        suggest: (article: string, query?: t.SuggestQuotesQuery, init?: Init) => Promise<t.QuoteSuggestionList>;
        /** Get a quote's selectors: `GET /v1/quotes/{quote_id}/selector` */
        getSelector: (quoteId: string, init?: Init) => Promise<t.QuoteTarget>;
        /** List the history of a quote: `GET /v1/quotes/{quote_id}/history` */
        listHistory: (quoteId: string, query?: t.ListQuoteHistoryQuery, init?: Init) => Listing<t.QuoteHistoryEntry, t.QuoteHistoryPage>;
        /** Confirm suggested quotes: `POST /v1/articles/{article}/quotes/confirm` */
        confirm: (article: string, body: t.NewQuoteConfirmation, init?: Init) => Promise<t.QuoteList>;
        /** Reject suggested quotes: `POST /v1/articles/{article}/quotes/reject` */
        reject: (article: string, body: t.NewQuoteRejection, init?: Init) => Promise<t.QuoteList>;
    };
    links: {
        /** List links: `GET /v1/links` */
        list: (query?: t.ListLinksQuery, init?: Init) => Listing<t.Link, t.LinkPage>;
        /** Get a link: `GET /v1/links/{link_id}` */
        get: (linkId: string, init?: Init) => Promise<t.Link>;
        /** Change a link: `PATCH /v1/links/{link_id}` */
        update: (linkId: string, body: t.LinkPatch, init?: Init) => Promise<t.Link>;
        /** Delete a link: `DELETE /v1/links/{link_id}` */
        delete: (linkId: string, init?: Init) => Promise<void>;
        /** List an article's links: `GET /v1/articles/{article}/links` */
        listArticleLinks: (article: string, query?: t.ListArticleLinksQuery, init?: Init) => Listing<t.Link, t.LinkPage>;
        /** Add a link to an article: `POST /v1/articles/{article}/links` */
        create: (article: string, body: t.NewLink, init?: Init) => Promise<t.Link>;
    };
    shortLinks: {
        /** Follow a short link: `GET /s/{code}` */
        follow: (code: string, init?: Init) => Promise<t.ArticleRef>;
        /** List short links: `GET /v1/short-links` */
        list: (query?: t.ListShortLinksQuery, init?: Init) => Listing<t.ShortLink, t.ShortLinkPage>;
        /** Get a short link: `GET /v1/short-links/{code}` */
        get: (code: string, init?: Init) => Promise<t.ShortLink>;
        /** Choose a code for an article: `PUT /v1/short-links/{code}` */
        put: (code: string, body: t.NewShortLink, init?: Init) => Promise<t.ShortLink>;
        /** Retire a short link: `DELETE /v1/short-links/{code}` */
        delete: (code: string, init?: Init) => Promise<void>;
    };
    images: {
        /** List images: `GET /v1/images` */
        list: (query?: t.ListImagesQuery, init?: Init) => Listing<t.Image, t.ImagePage>;
        /** Create an image: `POST /v1/images` */
        create: (body: t.NewImage, init?: Init) => Promise<t.Image>;
        /** Upload a new image: `POST /v1/uploads` */
        upload: (body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer>, init?: Init) => Promise<t.Image>;
        /** Get an image: `GET /v1/images/{image_id}` */
        get: (imageId: string, init?: Init) => Promise<t.Image>;
        /** Change an image: `PATCH /v1/images/{image_id}` */
        update: (imageId: string, body: t.ImagePatch, init?: Init) => Promise<t.Image>;
        /** Delete an image: `DELETE /v1/images/{image_id}` */
        delete: (imageId: string, init?: Init) => Promise<void>;
        /** Put an image's file: `PUT /v1/images/{image_id}/file` */
        putFile: (imageId: string, body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer>, init?: Init) => Promise<t.Image>;
        /** Get a picture's file: `GET /media/{file}` */
        getMedia: (file: string, query?: t.GetMediaQuery, init?: Init) => Promise<Response>;
    };
    comments: {
        /** List an article's comments: `GET /v1/articles/{article}/comments` */
        listArticleComments: (article: string, query?: t.ListArticleCommentsQuery, init?: Init) => Listing<t.Comment, t.CommentPage>;
        /** Post a comment: `POST /v1/articles/{article}/comments` */
        create: (article: string, body: t.NewComment, init?: Init) => Promise<t.Comment>;
        /** List comments of all articles: `GET /v1/comments` */
        list: (query?: t.ListCommentsQuery, init?: Init) => Listing<t.Comment, t.CommentPage>;
        /** Get a comment: `GET /v1/comments/{comment_id}` */
        get: (commentId: string, init?: Init) => Promise<t.Comment>;
        /** Delete a comment: `DELETE /v1/comments/{comment_id}` */
        delete: (commentId: string, init?: Init) => Promise<void>;
        /** Take a comment back: `POST /v1/comments/{comment_id}/withdrawal` */
        withdraw: (commentId: string, body: t.NewCommentWithdrawal, init?: Init) => Promise<t.Comment>;
        /** List a comment's flags: `GET /v1/comments/{comment_id}/flags` */
        listFlags: (commentId: string, query?: t.ListCommentFlagsQuery, init?: Init) => Listing<t.CommentFlag, t.CommentFlagPage>;
        /** Flag a comment: `POST /v1/comments/{comment_id}/flags` */
        flag: (commentId: string, body: t.NewCommentFlag, init?: Init) => Promise<t.CommentFlag>;
        /** Decide on a comment: `POST /v1/comments/{comment_id}/decision` */
        decide: (commentId: string, body: t.NewCommentDecision, init?: Init) => Promise<t.Comment>;
        /** Decide on many comments: `POST /v1/comment-decisions` */
        decideComments: (body: t.NewCommentDecisions, init?: Init) => Promise<t.CommentDecisionResults>;
        /** List the decisions on a comment: `GET /v1/comments/{comment_id}/decisions` */
        listDecisions: (commentId: string, query?: t.ListCommentDecisionsQuery, init?: Init) => Listing<t.CommentDecision, t.CommentDecisionPage>;
        /** List the words the screening looks for: `GET /v1/comment-words` */
        listWords: (query?: t.ListCommentWordsQuery, init?: Init) => Listing<t.CommentWord, t.CommentWordPage>;
        /** Enter a word the screening looks for: `POST /v1/comment-words` */
        createWord: (body: t.NewCommentWord, init?: Init) => Promise<t.CommentWord>;
        /** Get a word the screening looks for: `GET /v1/comment-words/{word_id}` */
        getWord: (wordId: string, init?: Init) => Promise<t.CommentWord>;
        /** Take a word off the list: `DELETE /v1/comment-words/{word_id}` */
        deleteWord: (wordId: string, init?: Init) => Promise<void>;
    };
    communityStandards: {
        /** Get the community standards: `GET /v1/community-standards` */
        get: (init?: Init) => Promise<t.CommunityStandards>;
        /** Replace the community standards: `PUT /v1/community-standards` */
        put: (body: t.NewCommunityStandards, init?: Init) => Promise<t.CommunityStandards>;
        /** List versions of the community standards: `GET /v1/community-standards/versions` */
        listVersions: (query?: t.ListCommunityStandardsVersionsQuery, init?: Init) => Listing<t.CommunityStandards, t.CommunityStandardsPage>;
        /** Get a version of the community standards: `GET /v1/community-standards/versions/{version}` */
        getVersion: (version: number, init?: Init) => Promise<t.CommunityStandards>;
    };
    tags: {
        /** List tags: `GET /v1/tags` */
        list: (query?: t.ListTagsQuery, init?: Init) => Listing<t.Tag, t.TagPage>;
        /** Create a tag: `POST /v1/tags` */
        create: (body: t.NewTag, init?: Init) => Promise<t.Tag>;
        /** Get a tag: `GET /v1/tags/{tag}` */
        get: (tag: string, init?: Init) => Promise<t.Tag>;
        /** Create or replace a tag: `PUT /v1/tags/{tag}` */
        put: (tag: string, body: t.NewTag, init?: Init) => Promise<t.Tag>;
        /** Change a tag: `PATCH /v1/tags/{tag}` */
        update: (tag: string, body: t.TagPatch, init?: Init) => Promise<t.Tag>;
        /** Delete a tag: `DELETE /v1/tags/{tag}` */
        delete: (tag: string, init?: Init) => Promise<void>;
        /** Merge a tag into another: `POST /v1/tags/{tag}/merge` */
        merge: (tag: string, body: t.Merge, init?: Init) => Promise<t.Tag>;
    };
    people: {
        /** List people: `GET /v1/people` */
        list: (query?: t.ListPeopleQuery, init?: Init) => Listing<t.Person, t.PersonPage>;
        /** Enter a person: `POST /v1/people` */
        create: (body: t.NewPerson, init?: Init) => Promise<t.Person>;
        /** Get a person: `GET /v1/people/{person}` */
        get: (person: string, init?: Init) => Promise<t.Person>;
        /** Change a person: `PATCH /v1/people/{person}` */
        update: (person: string, body: t.PersonPatch, init?: Init) => Promise<t.Person>;
        /** Delete a person: `DELETE /v1/people/{person}` */
        delete: (person: string, init?: Init) => Promise<void>;
        /** Merge a person into another: `POST /v1/people/{person}/merge` */
        merge: (person: string, body: t.Merge, init?: Init) => Promise<t.Person>;
    };
    search: {
        /** Complete what is typed: `GET /v1/suggest` */
        listSuggestions: (query?: t.ListSuggestionsQuery, init?: Init) => Promise<t.SuggestionList>;
    };
    streams: {
        /** List streams: `GET /v1/streams` */
        list: (query?: t.ListStreamsQuery, init?: Init) => Listing<t.Stream, t.StreamPage>;
        /** Create a stream: `POST /v1/streams` */
        create: (body: t.NewStream, init?: Init) => Promise<t.Stream>;
        /** Get a stream: `GET /v1/streams/{stream}` */
        get: (stream: string, init?: Init) => Promise<t.Stream>;
        /** Create or replace a stream: `PUT /v1/streams/{stream}` */
        put: (stream: string, body: t.NewStream, init?: Init) => Promise<t.Stream>;
        /** Change a stream: `PATCH /v1/streams/{stream}` */
        update: (stream: string, body: t.StreamPatch, init?: Init) => Promise<t.Stream>;
        /** Delete a stream: `DELETE /v1/streams/{stream}` */
        delete: (stream: string, init?: Init) => Promise<void>;
        /** Get a stream's schedule: `GET /v1/streams/{stream}/schedule` */
        getSchedule: (stream: string, query?: t.GetScheduleQuery, init?: Init) => Listing<t.Programme, t.SchedulePage>;
        /** Replace a part of a stream's schedule: `PUT /v1/streams/{stream}/schedule` */
        putSchedule: (stream: string, body: t.NewSchedule, init?: Init) => Promise<t.Schedule>;
        /** Get a programme: `GET /v1/programmes/{programme_id}` */
        getProgramme: (programmeId: string, init?: Init) => Promise<t.Programme>;
        /** Change a programme: `PATCH /v1/programmes/{programme_id}` */
        updateProgramme: (programmeId: string, body: t.ProgrammePatch, init?: Init) => Promise<t.Programme>;
        /** Delete a programme: `DELETE /v1/programmes/{programme_id}` */
        deleteProgramme: (programmeId: string, init?: Init) => Promise<void>;
    };
    changes: {
        /** List changes: `GET /v1/changes` */
        list: (query?: t.ListChangesQuery, init?: Init) => Promise<t.ChangePage>;
        /** Stream changes: `GET /v1/changes/stream` */
        stream: (query?: t.StreamChangesQuery, init?: Init) => Promise<Response>;
    };
    webhooks: {
        /** List webhooks: `GET /v1/webhooks` */
        list: (query?: t.ListWebhooksQuery, init?: Init) => Listing<t.Webhook, t.WebhookPage>;
        /** Make a webhook: `POST /v1/webhooks` */
        create: (body: t.NewWebhook, init?: Init) => Promise<t.CreatedWebhook>;
        /** Get a webhook: `GET /v1/webhooks/{webhook_id}` */
        get: (webhookId: string, init?: Init) => Promise<t.Webhook>;
        /** Change a webhook: `PATCH /v1/webhooks/{webhook_id}` */
        update: (webhookId: string, body: t.WebhookPatch, init?: Init) => Promise<t.Webhook>;
        /** Delete a webhook: `DELETE /v1/webhooks/{webhook_id}` */
        delete: (webhookId: string, init?: Init) => Promise<void>;
        /** Give a webhook a new secret: `POST /v1/webhooks/{webhook_id}/rotate` */
        rotate: (webhookId: string, init?: Init) => Promise<t.CreatedWebhook>;
        /** Send a webhook changes again: `POST /v1/webhooks/{webhook_id}/replay` */
        replay: (webhookId: string, body: t.NewReplay, init?: Init) => Promise<t.Webhook>;
        /** List a webhook's deliveries: `GET /v1/webhooks/{webhook_id}/deliveries` */
        listDeliveries: (webhookId: string, query?: t.ListWebhookDeliveriesQuery, init?: Init) => Listing<t.WebhookDelivery, t.WebhookDeliveryPage>;
        /** Get a delivery: `GET /v1/webhook-deliveries/{delivery_id}` */
        getDelivery: (deliveryId: string, init?: Init) => Promise<t.WebhookDelivery>;
        /** Send a webhook a ping: `POST /v1/webhooks/{webhook_id}/ping` */
        ping: (webhookId: string, init?: Init) => Promise<t.WebhookDelivery>;
        /** Send a delivery again: `POST /v1/webhook-deliveries/{delivery_id}/redeliver` */
        redeliverDelivery: (deliveryId: string, init?: Init) => Promise<t.WebhookDelivery>;
    };
    keys: {
        /** List keys: `GET /v1/keys` */
        list: (query?: t.ListKeysQuery, init?: Init) => Listing<t.Key, t.KeyPage>;
        /** Make a key: `POST /v1/keys` */
        create: (body: t.NewKey, init?: Init) => Promise<t.CreatedKey>;
        /** Get a key: `GET /v1/keys/{key_id}` */
        get: (keyId: string, init?: Init) => Promise<t.Key>;
        /** Revoke a key: `DELETE /v1/keys/{key_id}` */
        revoke: (keyId: string, init?: Init) => Promise<void>;
    };
    health: {
        /** Ask whether the server lives: `GET /healthz` */
        get: (init?: Init) => Promise<t.Health>;
        /** Ask whether the server can serve: `GET /readyz` */
        getReadiness: (init?: Init) => Promise<t.Health>;
    };
};
