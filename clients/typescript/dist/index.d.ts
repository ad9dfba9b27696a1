import { Connection, type Init, type Options } from "./connection.js";
import { type FollowQuery } from "./follow.js";
export { Connection, type Init, type Options } from "./connection.js";
export { etagOf } from "./etag.js";
export { follow, StartOver, type FollowQuery } from "./follow.js";
export { Listing, type Page } from "./listing.js";
export * from "./resources.js";
export type * from "../types.js";
export { Problem } from "./problem.js";
/** Everything a server offers. Who needs little imports little: `articles(new Connection({ url }))`. */
export declare function connect(options: Options): {
    changes: {
        /** Every change as it happens, for as long as you listen. */
        follow: (query?: FollowQuery, init?: Pick<Init, "signal">) => AsyncGenerator<import("../types.js").Change, void, undefined>;
        list: (query?: import("../types.js").ListChangesQuery, init?: Init) => Promise<import("../types.js").ChangePage>;
        stream: (query?: import("../types.js").StreamChangesQuery, init?: Init) => Promise<Response>;
    };
    /** What all of them send their requests through; its `seq` is the last change that was made here. */
    connection: Connection;
    articles: {
        list: (query?: import("../types.js").ListArticlesQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").ArticleSummary, import("../types.js").ArticlePage>;
        create: (body: import("../types.js").NewArticle, init?: Init) => Promise<import("../types.js").Article>;
        get: (article: string, init?: Init) => Promise<import("../types.js").Article>;
        put: (article: string, body: import("../types.js").NewArticle, init?: Init) => Promise<import("../types.js").Article>;
        update: (article: string, body: import("../types.js").ArticlePatch, init?: Init) => Promise<import("../types.js").Article>;
        delete: (article: string, init?: Init) => Promise<void>;
        listRelated: (article: string, query?: import("../types.js").ListRelatedArticlesQuery, init?: Init) => Promise<import("../types.js").RelatedArticleList>;
        listAliases: (article: string, query?: import("../types.js").ListArticleAliasesQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").ArticleAlias, import("../types.js").ArticleAliasPage>;
        deleteAlias: (article: string, slug: string, init?: Init) => Promise<void>;
    };
    quotes: {
        list: (query?: import("../types.js").ListQuotesQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").Quote, import("../types.js").QuotePage>;
        listFacets: (query?: import("../types.js").ListQuoteFacetsQuery, init?: Init) => Promise<import("../types.js").QuoteFacets>;
        get: (quoteId: string, init?: Init) => Promise<import("../types.js").Quote>;
        update: (quoteId: string, body: import("../types.js").QuotePatch, init?: Init) => Promise<import("../types.js").Quote>;
        delete: (quoteId: string, init?: Init) => Promise<void>;
        listArticleQuotes: (article: string, query?: import("../types.js").ListArticleQuotesQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").Quote, import("../types.js").QuotePage>;
        create: (article: string, body: import("../types.js").NewQuote, init?: Init) => Promise<import("../types.js").Quote>;
        suggest: (article: string, query?: import("../types.js").SuggestQuotesQuery, init?: Init) => Promise<import("../types.js").QuoteSuggestionList>;
        getSelector: (quoteId: string, init?: Init) => Promise<import("../types.js").QuoteTarget>;
        listHistory: (quoteId: string, query?: import("../types.js").ListQuoteHistoryQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").QuoteHistoryEntry, import("../types.js").QuoteHistoryPage>;
        confirm: (article: string, body: import("../types.js").NewQuoteConfirmation, init?: Init) => Promise<import("../types.js").QuoteList>;
        reject: (article: string, body: import("../types.js").NewQuoteRejection, init?: Init) => Promise<import("../types.js").QuoteList>;
    };
    links: {
        list: (query?: import("../types.js").ListLinksQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").Link, import("../types.js").LinkPage>;
        get: (linkId: string, init?: Init) => Promise<import("../types.js").Link>;
        update: (linkId: string, body: import("../types.js").LinkPatch, init?: Init) => Promise<import("../types.js").Link>;
        delete: (linkId: string, init?: Init) => Promise<void>;
        listArticleLinks: (article: string, query?: import("../types.js").ListArticleLinksQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").Link, import("../types.js").LinkPage>;
        create: (article: string, body: import("../types.js").NewLink, init?: Init) => Promise<import("../types.js").Link>;
    };
    shortLinks: {
        follow: (code: string, init?: Init) => Promise<import("../types.js").ArticleRef>;
        list: (query?: import("../types.js").ListShortLinksQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").ShortLink, import("../types.js").ShortLinkPage>;
        get: (code: string, init?: Init) => Promise<import("../types.js").ShortLink>;
        put: (code: string, body: import("../types.js").NewShortLink, init?: Init) => Promise<import("../types.js").ShortLink>;
        delete: (code: string, init?: Init) => Promise<void>;
    };
    images: {
        list: (query?: import("../types.js").ListImagesQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").Image, import("../types.js").ImagePage>;
        create: (body: import("../types.js").NewImage, init?: Init) => Promise<import("../types.js").Image>;
        upload: (body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer>, init?: Init) => Promise<import("../types.js").Image>;
        get: (imageId: string, init?: Init) => Promise<import("../types.js").Image>;
        update: (imageId: string, body: import("../types.js").ImagePatch, init?: Init) => Promise<import("../types.js").Image>;
        delete: (imageId: string, init?: Init) => Promise<void>;
        putFile: (imageId: string, body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer>, init?: Init) => Promise<import("../types.js").Image>;
        getMedia: (file: string, query?: import("../types.js").GetMediaQuery, init?: Init) => Promise<Response>;
    };
    comments: {
        listArticleComments: (article: string, query?: import("../types.js").ListArticleCommentsQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").Comment, import("../types.js").CommentPage>;
        create: (article: string, body: import("../types.js").NewComment, init?: Init) => Promise<import("../types.js").Comment>;
        list: (query?: import("../types.js").ListCommentsQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").Comment, import("../types.js").CommentPage>;
        get: (commentId: string, init?: Init) => Promise<import("../types.js").Comment>;
        delete: (commentId: string, init?: Init) => Promise<void>;
        withdraw: (commentId: string, body: import("../types.js").NewCommentWithdrawal, init?: Init) => Promise<import("../types.js").Comment>;
        listFlags: (commentId: string, query?: import("../types.js").ListCommentFlagsQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").CommentFlag, import("../types.js").CommentFlagPage>;
        flag: (commentId: string, body: import("../types.js").NewCommentFlag, init?: Init) => Promise<import("../types.js").CommentFlag>;
        decide: (commentId: string, body: import("../types.js").NewCommentDecision, init?: Init) => Promise<import("../types.js").Comment>;
        decideComments: (body: import("../types.js").NewCommentDecisions, init?: Init) => Promise<import("../types.js").CommentDecisionResults>;
        listDecisions: (commentId: string, query?: import("../types.js").ListCommentDecisionsQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").CommentDecision, import("../types.js").CommentDecisionPage>;
        listWords: (query?: import("../types.js").ListCommentWordsQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").CommentWord, import("../types.js").CommentWordPage>;
        createWord: (body: import("../types.js").NewCommentWord, init?: Init) => Promise<import("../types.js").CommentWord>;
        getWord: (wordId: string, init?: Init) => Promise<import("../types.js").CommentWord>;
        deleteWord: (wordId: string, init?: Init) => Promise<void>;
    };
    communityStandards: {
        get: (init?: Init) => Promise<import("../types.js").CommunityStandards>;
        put: (body: import("../types.js").NewCommunityStandards, init?: Init) => Promise<import("../types.js").CommunityStandards>;
        listVersions: (query?: import("../types.js").ListCommunityStandardsVersionsQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").CommunityStandards, import("../types.js").CommunityStandardsPage>;
        getVersion: (version: number, init?: Init) => Promise<import("../types.js").CommunityStandards>;
    };
    tags: {
        list: (query?: import("../types.js").ListTagsQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").Tag, import("../types.js").TagPage>;
        create: (body: import("../types.js").NewTag, init?: Init) => Promise<import("../types.js").Tag>;
        get: (tag: string, init?: Init) => Promise<import("../types.js").Tag>;
        put: (tag: string, body: import("../types.js").NewTag, init?: Init) => Promise<import("../types.js").Tag>;
        update: (tag: string, body: import("../types.js").TagPatch, init?: Init) => Promise<import("../types.js").Tag>;
        delete: (tag: string, init?: Init) => Promise<void>;
        merge: (tag: string, body: import("../types.js").Merge, init?: Init) => Promise<import("../types.js").Tag>;
    };
    people: {
        list: (query?: import("../types.js").ListPeopleQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").Person, import("../types.js").PersonPage>;
        create: (body: import("../types.js").NewPerson, init?: Init) => Promise<import("../types.js").Person>;
        get: (person: string, init?: Init) => Promise<import("../types.js").Person>;
        update: (person: string, body: import("../types.js").PersonPatch, init?: Init) => Promise<import("../types.js").Person>;
        delete: (person: string, init?: Init) => Promise<void>;
        merge: (person: string, body: import("../types.js").Merge, init?: Init) => Promise<import("../types.js").Person>;
    };
    search: {
        listSuggestions: (query?: import("../types.js").ListSuggestionsQuery, init?: Init) => Promise<import("../types.js").SuggestionList>;
    };
    streams: {
        list: (query?: import("../types.js").ListStreamsQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").Stream, import("../types.js").StreamPage>;
        create: (body: import("../types.js").NewStream, init?: Init) => Promise<import("../types.js").Stream>;
        get: (stream: string, init?: Init) => Promise<import("../types.js").Stream>;
        put: (stream: string, body: import("../types.js").NewStream, init?: Init) => Promise<import("../types.js").Stream>;
        update: (stream: string, body: import("../types.js").StreamPatch, init?: Init) => Promise<import("../types.js").Stream>;
        delete: (stream: string, init?: Init) => Promise<void>;
        getSchedule: (stream: string, query?: import("../types.js").GetScheduleQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").Programme, import("../types.js").SchedulePage>;
        putSchedule: (stream: string, body: import("../types.js").NewSchedule, init?: Init) => Promise<import("../types.js").Schedule>;
        getProgramme: (programmeId: string, init?: Init) => Promise<import("../types.js").Programme>;
        updateProgramme: (programmeId: string, body: import("../types.js").ProgrammePatch, init?: Init) => Promise<import("../types.js").Programme>;
        deleteProgramme: (programmeId: string, init?: Init) => Promise<void>;
    };
    webhooks: {
        list: (query?: import("../types.js").ListWebhooksQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").Webhook, import("../types.js").WebhookPage>;
        create: (body: import("../types.js").NewWebhook, init?: Init) => Promise<import("../types.js").CreatedWebhook>;
        get: (webhookId: string, init?: Init) => Promise<import("../types.js").Webhook>;
        update: (webhookId: string, body: import("../types.js").WebhookPatch, init?: Init) => Promise<import("../types.js").Webhook>;
        delete: (webhookId: string, init?: Init) => Promise<void>;
        rotate: (webhookId: string, init?: Init) => Promise<import("../types.js").CreatedWebhook>;
        replay: (webhookId: string, body: import("../types.js").NewReplay, init?: Init) => Promise<import("../types.js").Webhook>;
        listDeliveries: (webhookId: string, query?: import("../types.js").ListWebhookDeliveriesQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").WebhookDelivery, import("../types.js").WebhookDeliveryPage>;
        getDelivery: (deliveryId: string, init?: Init) => Promise<import("../types.js").WebhookDelivery>;
        ping: (webhookId: string, init?: Init) => Promise<import("../types.js").WebhookDelivery>;
        redeliverDelivery: (deliveryId: string, init?: Init) => Promise<import("../types.js").WebhookDelivery>;
    };
    keys: {
        list: (query?: import("../types.js").ListKeysQuery, init?: Init) => import("./listing.js").Listing<import("../types.js").Key, import("../types.js").KeyPage>;
        create: (body: import("../types.js").NewKey, init?: Init) => Promise<import("../types.js").CreatedKey>;
        get: (keyId: string, init?: Init) => Promise<import("../types.js").Key>;
        revoke: (keyId: string, init?: Init) => Promise<void>;
    };
    health: {
        get: (init?: Init) => Promise<import("../types.js").Health>;
        getReadiness: (init?: Init) => Promise<import("../types.js").Health>;
    };
};
