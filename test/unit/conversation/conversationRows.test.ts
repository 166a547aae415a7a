import assert from 'node:assert/strict';
import { conversationRows, givenName, type KeptConversation } from '../../../src/conversation/conversationRows.ts';
import { ConversationSearch } from '../../../src/conversation/conversationSearch.ts';
import { newRun } from '../../../src/conversation/run.ts';
import type { Conversation as Listed } from '../../../src/dify/conversations.ts';
import { someConversation, someMessage } from '../../support/conversations.ts';

const none = new Map<string, never>();

function kept(
  key: string,
  id: string | undefined,
  change: Partial<KeptConversation> & { name?: string } = {},
): KeptConversation {
  const messages = [someMessage({ query: `Question of ${key}, which is a long one` })];
  const conversation = someConversation({ key, id, messages, name: change.name ?? '' });
  return { conversation, pinned: false, changedAt: 1_000, ...change };
}

function listed(id: string, name: string, updated = 1): Listed {
  return { id, name, inputs: {}, status: 'normal', introduction: '', created_at: 0, updated_at: updated };
}

describe('The rows of the list of conversations', () => {
  it('are one for a conversation that the server and this computer have', () => {
    const rows = conversationRows({ kept: [kept('k1', 'c1')], listed: [listed('c1', 'Refunds', 9)], going: none });

    assert.deepEqual(
      rows.map(({ key, name, local, changedAt }) => ({ key, name, local, changedAt })),
      [{ key: 'k1', name: 'Refunds', local: true, changedAt: 9_000 }],
    );
  });

  it('keep what the server never took, and what was deleted there', () => {
    const rows = conversationRows({ kept: [kept('new', undefined), kept('gone', 'c9')], listed: [], going: none });

    assert.deepEqual(rows.map(({ key }) => key).toSorted(), ['gone', 'new']);
  });

  it('say of what only the server has that it is not here', () => {
    const [row] = conversationRows({ kept: [], listed: [listed('c2', 'Elsewhere')], going: none });

    assert.deepEqual([row?.key, row?.local, row?.pinned], ['c2', false, false]);
  });

  it('stand with the last changed first, whoever changed it', () => {
    const rows = conversationRows({
      kept: [kept('k1', 'c1', { changedAt: 5_000 }), kept('k2', undefined, { changedAt: 7_000 })],
      listed: [listed('c3', 'Third', 6), listed('c1', 'First', 8)],
      going: none,
    });

    assert.deepEqual(
      rows.map(({ key }) => key),
      ['k1', 'k2', 'c3'],
    );
  });

  it('tell what goes on', () => {
    const going = new Map([['k1', 'answering'] as const]);

    assert.equal(conversationRows({ kept: [kept('k1', 'c1')], listed: [], going })[0]?.state, 'answering');
  });

  it('name a conversation once if the server says it twice', () => {
    assert.equal(conversationRows({ kept: [], listed: [listed('c1', 'A'), listed('c1', 'A')], going: none }).length, 1);
  });
});

describe('The name of a conversation', () => {
  it('is none where Dify puts the beginning of the question', () => {
    assert.equal(givenName('How do I reset an X2', 'How do I reset an X200\nwith the VPN?'), '');
    assert.equal(givenName('How do I reset an X2...', 'How do I reset an X200?'), '');
  });

  it('is what anybody gave it', () => {
    assert.equal(givenName('Resetting routers', 'How do I reset an X200?'), 'Resetting routers');
  });

  it('is the local one until the server has another', () => {
    const own = kept('k1', 'c1', { name: 'Mine' });

    const [before] = conversationRows({ kept: [own], listed: [listed('c1', 'Question of k1, whic')], going: none });
    const [after] = conversationRows({ kept: [own], listed: [listed('c1', 'Theirs')], going: none });

    assert.deepEqual([before?.name, after?.name], ['Mine', 'Theirs']);
  });
});

describe('The search for conversations', () => {
  const run = { ...newRun, text: '<think>secret</think>The access point renews its **lease** every hour.' };
  const messages = [someMessage({ query: 'Why does it drop?', run })];
  const conversation = someConversation({ key: 'k1', id: 'c1', messages });
  const [row] = conversationRows({ kept: [{ conversation, pinned: false, changedAt: 0 }], listed: [], going: none });
  const find = (search: string): string | undefined | null => {
    assert.ok(row);
    const found = new ConversationSearch().find(row, conversation, search);
    return found === undefined ? null : found.excerpt;
  };

  it('finds titles without an excerpt', () => assert.equal(find('why does'), undefined));
  it('finds what was answered, and shows where', () =>
    assert.match(find('lease') ?? '', /^….*renews its \*\*lease\*\*/));
  it('does not find what the model only thought', () => assert.equal(find('secret'), null));
  it('does not find what is not there', () => assert.equal(find('router'), null));
});
