import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { EventEmitter } from 'vscode';
import { newRun, type RunEvent } from '../../../../src/conversation/run.ts';
import { Attention } from '../../../../src/host/chat/attention.ts';
import type { Happened, Home } from '../../../../src/host/chat/talk.ts';
import { someConversation, someMessage } from '../../../support/conversations.ts';

describe('An answer that nobody sees', () => {
  const shown = new EventEmitter<void>();
  const happened = new EventEmitter<Happened>();
  const forgotten = new EventEmitter<Home>();
  const moved = new EventEmitter<void>();
  const focus = new EventEmitter<unknown>();
  const message = someMessage({ key: 'm', run: { ...newRun, text: 'It is **done**.' } });
  const conversation = someConversation({ key: 'k', messages: [message] });
  const talk = {
    conversation,
    opened: (_: string, key: string) => (key === 'k' ? conversation : undefined),
    onDidShow: shown.event,
    onDidHappen: happened.event,
    onDidForget: forgotten.event,
  };
  let now: { isVisible: boolean; hasFocus: boolean; isWanted: boolean };
  let badges: number[];
  let told: string[];
  let opened: string[];
  let attention: Attention;

  beforeEach(() => {
    now = { isVisible: false, hasFocus: true, isWanted: true };
    [badges, told, opened] = [[], [], []];
    attention = new Attention({
      talk,
      pages: {
        get isVisible() {
          return now.isVisible;
        },
        onDidChange: moved.event,
      },
      view: {
        set badge({ value }: { readonly value: number; readonly tooltip: string }) {
          badges.push(value);
        },
      },
      window: {
        hasFocus: () => now.hasFocus,
        onDidChangeFocus: focus.event,
        isWanted: () => now.isWanted,
        notify: (sentence, button) => {
          told.push(`${sentence} [${button}]`);
          return Promise.resolve(true);
        },
      },
      nameOf: (appId) => (appId === 'a' ? 'Support' : undefined),
      open: (appId, key) => opened.push(`${appId} ${key}`),
      start: (_, work) => void work(),
    });
  });
  afterEach(() => attention.dispose());

  const happen = (event: RunEvent, key = 'k', appId = 'a') =>
    happened.fire({ appId, key, event: { type: 'run', key: 'm', event } });
  const answered = { type: 'answered', usage: undefined } as const;

  it('is told once, counted, led to, and no more counted when it is seen', async () => {
    happen(answered);
    await setImmediate();

    assert.deepEqual([told, badges, opened], [['Support answered: It is done. [Open]'], [1], ['a k']]);
    now.isVisible = true;
    moved.fire();
    assert.deepEqual(badges, [1, 0]);
  });

  it('is no more counted when its conversation is deleted', () => {
    happen({ type: 'paused' }, 'other');
    forgotten.fire({ appId: 'a', key: 'other' });
    assert.deepEqual(badges, [1, 0]);
  });

  it('waits until the window has the focus too', () => {
    now = { ...now, isVisible: true, hasFocus: false };
    happen({ type: 'paused' });
    assert.deepEqual(told, ['Support needs you. [Answer]']);
    shown.fire();
    assert.deepEqual(badges, [1]);
    now.hasFocus = true;
    focus.fire(undefined);
    assert.deepEqual(badges, [1, 0]);
  });

  it('is counted only, where the person wants no notification, or its app is gone', async () => {
    now.isWanted = false;
    happen(answered);
    now.isWanted = true;
    happen(answered, 'other', 'gone');
    await setImmediate();

    assert.deepEqual([told, badges], [[], [1, 2]]);
  });
});
