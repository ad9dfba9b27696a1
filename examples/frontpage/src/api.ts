import createClient from 'openapi-fetch';
import type { components, paths } from './schema';

type Schemas = components['schemas'];
export type Article = Schemas['Article'];
export type ArticleSummary = Schemas['ArticleSummary'];
export type Comment = Schemas['Comment'];
export type CommentPage = Schemas['CommentPage'];
export type CommentReason = Schemas['CommentReason'];
export type Image = Schemas['Image'];
export type Problem = Schemas['Problem'];
export type Quote = Schemas['Quote'];
export type RelatedArticle = Schemas['RelatedArticle'];
export type Stream = Schemas['Stream'];
export type TagRef = Schemas['TagRef'];

/** The API, under the site's own address: server.js hands on what readers may ask, and holds the key. */
export const api = createClient<paths>({ querySerializer: { array: { style: 'form', explode: false } } });

/** An answer that is not the one hoped for, in the API's words where there are any. */
export class Failed extends Error {
  constructor(readonly status: number, readonly problem: Problem | null) {
    super(problem?.detail ?? 'The server cannot be reached.');
  }
}

/** The data of an answer, or `Failed`. */
export async function given<Data>(request: Promise<{ data?: Data; error?: unknown; response: Response }>): Promise<Data> {
  let answer;
  try {
    answer = await request;
  } catch {
    throw new Failed(0, null);
  }
  if (answer.data === undefined) throw new Failed(answer.response.status, isProblem(answer.error) ? answer.error : null);
  return answer.data;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'detail' in body && 'errors' in body;
}

/** A name for one attempt, so that sending it again does not do it twice. */
export function attempt(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
