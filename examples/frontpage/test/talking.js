// Readers and moderators: a comment on its way.
import assert from 'node:assert/strict';
import { ARTICLE } from '../newsroom.js';
import { open } from './house.js';

/**
 * @param {import('./house.js').Checks} checks
 * @param {import('./house.js').Watch} watch
 * @param {import('./house.js').Site} site
 */
export async function talk(checks, watch, site) {
  const reader = await watch.window({ baseURL: site.url });
  const moderator = await watch.window({ baseURL: site.url });
  const path = `/articles/${ARTICLE}`;
  const words = 'What would China and Russia each give up for it?';
  const thread = reader.locator('.thread > li');

  /** @param {import('playwright-core').Locator} form @param {string} name @param {string} text */
  const post = async (form, name, text) => {
    await form.getByLabel('Your name').fill(name);
    await form.locator('textarea').fill(text);
    await form.getByRole('button', { name: /^Post/ }).click();
  };

  await checks.check('the community standards are there', async () => {
    await open(reader, path);
    await reader.locator('.discussion').getByRole('link', { name: 'community standards' }).click();
    await reader.getByRole('heading', { level: 1, name: 'Community standards' }).waitFor();
    assert.match(await reader.locator('main').innerText(), /Attack the argument, not the person\..*Version 1, in force since/s);
  });

  await checks.check('a comment is posted, and is not there yet', async () => {
    await open(reader, path);
    await post(reader.locator('.write'), 'Ada', words);
    await reader.getByText('Thank you: a moderator reads your comment').waitFor();
    await open(reader, path);
    assert.equal(await thread.count(), 0);
    assert.equal(await reader.getByText(words).count(), 0);
  });

  await checks.check('a comment with nothing in it is refused with the reason', async () => {
    watch.expected = /422/;
    await post(reader.locator('.write'), 'Ada', '\u200b');
    await reader.getByText(/^Your comment /).and(reader.locator('.outcome')).waitFor();
    watch.expected = null;
  });

  await checks.check('the moderation page wants a moderator’s key', async () => {
    watch.expected = /40[13]/;
    await open(moderator, '/moderation');
    for (const key of ['onr_wrong', 'schlüssel', site.keys.comments]) {
      await moderator.getByLabel('Moderator’s key').fill(key);
      await moderator.getByRole('button', { name: 'Open the queue' }).click();
      await moderator.locator('.outcome.problem').waitFor();
      assert.equal(await moderator.getByText(words).count(), 0);
    }
    watch.expected = null;
  });

  const queue = async () => {
    await open(moderator, '/moderation');
    await moderator.getByLabel('Moderator’s key').fill(site.keys.moderator);
    await moderator.getByRole('button', { name: 'Open the queue' }).click();
    await moderator.getByText(/waiting\.|Nothing waits\./).waitFor();
  };

  await checks.check('a moderator approves it, and readers see it', async () => {
    await queue();
    const waiting = moderator.getByRole('article', { name: 'Comment by Ada' });
    assert.match(await waiting.innerText(), new RegExp(words.replace('?', '\\?')));
    await waiting.getByRole('button', { name: 'Approve' }).click();
    await moderator.getByText('Nothing waits.').waitFor();
    await open(reader, path);
    assert.equal(await thread.count(), 1);
    assert.match(await thread.innerText(), /^Ada .*GMT.*What would China/s);
    assert.match(await reader.locator('.discussion > h2').innerText(), /Discussion 1/);
  });

  await checks.check('a reply stands under what it answers', async () => {
    await thread.first().getByRole('button', { name: 'Reply to Ada' }).click();
    await post(thread.first().locator('.write'), 'Lin', 'A say in the *other* one’s neighbourhood, to begin with.');
    await reader.getByText('Thank you').waitFor();
    await queue();
    await moderator.getByRole('article', { name: 'Comment by Lin' }).getByRole('button', { name: 'Approve' }).click();
    await moderator.getByText('Nothing waits.').waitFor();
    await open(reader, path);
    assert.equal(await thread.count(), 2);
    const reply = thread.nth(1);
    assert.equal(await reply.getAttribute('class'), 'depth-1');
    assert.equal(await reply.locator('em').innerText(), 'other');
  });

  await checks.check('what looks like HTML is text', async () => {
    const other = '/articles/western-route-gas-supply';
    const evil = '<img src=x onerror="document.title=`owned`"><script>document.title=`owned`</script>';
    await open(reader, other);
    await post(reader.locator('.write'), evil, `Look: ${evil}`);
    await reader.getByText('Thank you').waitFor();
    await queue();
    const waiting = moderator.getByRole('article', { name: 'Comment by <img' });
    assert.equal(await waiting.locator('img, script').count(), 0);
    await waiting.getByRole('button', { name: 'Approve' }).click();
    await moderator.getByText('Nothing waits.').waitFor();
    await open(reader, other);
    assert.equal(await thread.locator('.who strong').innerText(), evil);
    assert.equal(await thread.locator('img, script').count(), 0);
    assert.doesNotMatch(await reader.title(), /owned/);
    await open(reader, path);
  });

  await checks.check('a rejection needs a reason from the list', async () => {
    await open(reader, path);
    await post(reader.locator('.write').first(), 'Bot', 'Cheap watches, today alone: https://watches.example and https://more.example');
    await reader.getByText('Thank you').waitFor();
    await queue();
    const waiting = moderator.getByRole('article', { name: 'Comment by Bot' });
    assert.match(await waiting.locator('.marks').innerText(), /2 web addresses/);
    await waiting.getByRole('button', { name: 'Reject' }).click();
    await waiting.getByText('A rejection needs a reason.').waitFor();
    await waiting.getByLabel('Reason').selectOption('Advertising');
    await waiting.getByRole('button', { name: 'Reject' }).click();
    await moderator.getByText('Nothing waits.').waitFor();
    await open(reader, path);
    assert.equal(await reader.getByText('Cheap watches').count(), 0);
    assert.equal(await thread.count(), 2);
  });

  await checks.check('a decision somebody else has made first is told', async () => {
    watch.expected = /409/;
    await open(reader, path);
    await post(reader.locator('.write').first(), 'Eve', 'Two moderators, one comment.');
    await reader.getByText('Thank you').waitFor();
    await queue();
    const authorization = `Bearer ${site.keys.admin}`;
    const { items } = await (await fetch(`${site.api}/v1/comments?state=pending`, { headers: { authorization } })).json();
    await fetch(`${site.api}/v1/comments/${items[0].id}/decision`, {
      method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: '{"state":"spam"}',
    });
    await moderator.getByRole('article', { name: 'Comment by Eve' }).getByRole('button', { name: 'Approve' }).click();
    await moderator.getByText(/The comment is `spam`/).waitFor();
    assert.equal(await moderator.getByRole('article').count(), 0);
    watch.expected = null;
  });

  await reader.context().close();
  await moderator.context().close();
}
