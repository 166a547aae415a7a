import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Conversation } from '../../src/conversation/conversation.ts';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openWorkshop, type Workshop } from './bundle.ts';
import { filesIn } from '../support/filesIn.ts';
import { Life } from './life.ts';
import type { Shown } from './windowTask.ts';

/** What is this old, in milliseconds, is not lost. */
const kept = 1_000;
/** A window shows something every 30 ms. Of a longer pause so much counts: on a busy computer it was not let run. In milliseconds. */
const pause = 100;
/** So many windows live side by side; each is killed and opened again. */
const lanes = 10;
const livesEach = 20;
/** In milliseconds. */
const longest = 2_500;
const app = 'the-app';
/** Most answers are under way when the window is killed, and some have ended. */
function longOrShort(): readonly string[] {
  const words = Math.random() < 0.5 ? 12 : 400;
  return Array.from({ length: words }, (_, index) => `${index} 💡 `);
}

describe('A window that is killed', () => {
  let workshop: Workshop;
  let server: RunningDifyServer;

  before(async () => {
    [workshop, server] = await Promise.all([
      openWorkshop(),
      startDifyServer({ tokensPerSecond: 60, source: longOrShort }),
    ]);
  });

  after(async () => {
    await Promise.all([workshop.remove(), server.close()]);
  });

  it(`at ${lanes * livesEach} moments loses no id, no draft and no text that is older than a second`, async function () {
    this.timeout(180_000);
    const recovered = await Promise.all(Array.from({ length: lanes }, (_, lane) => liveAndDie(lane)));

    assert.equal(
      recovered.reduce((sum, count) => sum + count, 0),
      lanes * livesEach,
    );
  });

  /** @returns how often everything was there again */
  async function liveAndDie(lane: number): Promise<number> {
    const storage = path.join(workshop.folder, `lane-${lane}`);
    const key = server.apps.find(({ name }) => name === 'Demo Chat')?.key ?? '';
    const old = new Map<string, Shown>();
    for (let count = 0; count < livesEach; count++) {
      const name = `window ${lane}-${count}`;
      const life = new Life(workshop.script, { storage, app, name, baseUrl: server.baseUrl, key });
      await life.begun();
      await sleep(Math.random() * longest);
      const killedAt = await life.kill();
      assert.equal(life.complaints, '');
      const safeAt = lastSafe(life.shown, killedAt);
      const safe = life.shown.filter(({ at }) => at <= safeAt);
      for (const shown of safe)
        if (shown.asked !== undefined) old.set(shown.asked, { ...old.get(shown.asked), ...shown });
      const files = filesIn(storage);
      const current = (await files.current(app)) ?? '';
      checkConversation(old, (await files.read(app, current))?.conversation);
      checkDraft(life.shown, safeAt, (await files.typed(app, current))?.text);
    }
    return livesEach;
  }
});

/** What was shown up to this moment is to be there. */
function lastSafe(shown: readonly Shown[], killedAt: number): number {
  let later = killedAt;
  let age = 0;
  for (const { at } of shown.toReversed()) {
    age += Math.min(later - at, pause);
    if (age >= kept) return at;
    later = at;
  }
  return 0;
}

/** @param old by key of the message: what is to be there of it, and more may be */
function checkConversation(old: ReadonlyMap<string, Shown>, conversation: Conversation | undefined): void {
  for (const [key, { messageId, text = '' }] of old) {
    const run = conversation?.messages.find((message) => message.key === key)?.run;
    assert.ok(run !== undefined, `The question ${key} is lost`);
    if (messageId !== undefined) assert.equal(run.messageId, messageId);
    assert.ok(run.text.startsWith(text), `Of “${text}” there is “${run.text}”`);
    assert.ok(run.status.type === 'done' || run.status.type === 'incomplete', run.status.type);
  }
  const id = [...old.values()].findLast((shown) => shown.id !== undefined)?.id;
  if (id !== undefined) assert.equal(conversation?.id, id);
}

function checkDraft(shown: readonly Shown[], safeAt: number, draft: string | undefined): void {
  const typed = shown.filter((one) => one.typed !== undefined);
  const oldest = typed.findLastIndex(({ at }) => at <= safeAt);
  const mayBe = typed.slice(Math.max(0, oldest)).map((one) => one.typed);
  if (oldest !== -1) assert.ok(mayBe.includes(draft), `Of “${mayBe[0]}” there is “${draft}”`);
}
