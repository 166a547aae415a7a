import assert from 'node:assert/strict';
import { AppDetails } from '../../../../src/host/appDetails.ts';
import { Apps } from '../../../../src/host/apps.ts';
import { AppFaces } from '../../../../src/host/chat/appFaces.ts';
import { CommonState } from '../../../../src/host/commonState.ts';
import { clientAnswering } from '../../../support/difyClient.ts';
import { memento, testApp } from '../../../support/hostState.ts';

const one = testApp('one', { name: 'Desk', description: 'Answers.' });

/** The face of an app whose server answers so, by the last part of the path; 404 for what is not there. */
async function faceWith(answers: Readonly<Record<string, object>>): Promise<ReturnType<AppFaces['of']>> {
  const apps = new Apps(new CommonState(memento()), memento());
  await apps.save(one);
  const client = clientAnswering(({ pathname }) => {
    const found = answers[pathname.split('/').at(-1) ?? ''];
    return found === undefined ? Response.json({ code: 'not_found' }, { status: 404 }) : Response.json(found);
  });
  const faces = new AppFaces(new AppDetails({ apps, clients: { of: () => client }, log: { error: () => {} } }));
  await faces.load(one);
  return faces.of(one);
}

describe('The face of an app', () => {
  it('has what its owner shows beside the answers', async () => {
    const site = { title: 'Desk', custom_disclaimer: 'Can be wrong.', privacy_policy: 'https://example.com/privacy' };
    const { disclaimer, privacyPolicy } = await faceWith({ site, info: { name: 'Desk', mode: 'chat' } });

    assert.deepEqual([disclaimer, privacyPolicy], ['Can be wrong.', 'https://example.com/privacy']);
  });

  it('speaks as its owner chose', async () => {
    const speech = async (told: object): Promise<string> =>
      (await faceWith({ parameters: { text_to_speech: told } })).speech;

    assert.equal(await speech({ enabled: false, autoPlay: 'enabled' }), 'off');
    assert.equal(await speech({ enabled: true }), 'onRequest');
    assert.equal(await speech({ enabled: true, autoPlay: 'enabled' }), 'always');
  });

  it('has its name and description where nothing can be read, and asks for nothing', async () => {
    const { name, description, form, openingStatement, speech } = await faceWith({});

    assert.deepEqual([name, description, form, openingStatement, speech], ['Desk', 'Answers.', [], '', 'off']);
  });
});
