import assert from 'node:assert/strict';
import { createDemoServer } from '../../../../src/demo/server.ts';
import { Apps } from '../../../../src/host/apps.ts';
import { Demo } from '../../../../src/host/demo/demo.ts';
import { InProcessServer } from '../../../../src/host/demo/demoServer.ts';
import { Keys } from '../../../../src/host/keys.ts';
import { CommonState } from '../../../../src/host/commonState.ts';
import { memento, testApp, testSecrets } from '../../../support/hostState.ts';

const own = testApp('own', { mode: 'completion' });

/** A window, on stores that outlive it. */
function openWindow(stores = { everywhere: memento(), workspace: memento(), secrets: testSecrets() }) {
  const shared = new CommonState(stores.everywhere);
  const apps = new Apps(shared, stores.workspace);
  const server = new InProcessServer(() => Promise.resolve({ createDemoServer }));
  const demoKey = server.key.bind(server);
  const keys = new Keys({ secrets: stores.secrets, shared, place: 'system', demoKey });
  return { stores, apps, keys, server, demo: new Demo(apps, server) };
}

describe('The demo', () => {
  it('puts its apps in the place of the own ones, which are back when it is left', async () => {
    const { apps, demo } = openWindow();
    await apps.save(own);
    await apps.bind('summarize', own);

    await demo.start();

    assert.equal(apps.find('own'), undefined);
    assert.equal(apps.chatApp()?.name, 'Demo Chat');
    assert.equal(apps.boundTo('summarize')?.name, 'Demo Summarizer');
    assert.equal(apps.boundTo('translate')?.name, 'Demo Translator');
    await demo.leave();
    assert.deepEqual(apps.list(), [own]);
    assert.equal(apps.boundTo('summarize')?.id, 'own');
    assert.equal(apps.boundTo('translate'), undefined);
  });

  it('stores no key and nothing for everywhere, and leaves nothing in the workspace', async () => {
    const { stores, apps, keys, server, demo } = openWindow();
    const before = JSON.stringify(stores.everywhere.keys());

    await demo.start();
    for (const app of apps.list()) {
      await keys.get(app);
      assert.ok(!everythingIn(stores).includes((await server.key(app)) ?? ''));
    }
    assert.equal(JSON.stringify(stores.everywhere.keys()), before);
    await demo.leave();

    assert.ok(!everythingIn(stores).toLowerCase().includes('demo.invalid'));
  });

  it('goes on in the next window, with what its apps do and a server of its own', async () => {
    const { stores, demo } = openWindow();
    await demo.start();

    const next = openWindow(stores);
    await next.demo.bind();

    assert.equal(next.apps.inDemo, true);
    assert.equal(next.apps.boundTo('summarize')?.name, 'Demo Summarizer');
    for (const app of next.apps.list()) assert.equal((await next.keys.get(app)).toString().startsWith('app-'), true);
  });

  it('binds nothing while it is off', async () => {
    const { apps, demo } = openWindow();
    await apps.save(testApp('mine', { name: 'Demo Summarizer' }));

    await demo.bind();

    assert.equal(apps.boundTo('summarize'), undefined);
  });
});

function everythingIn({ everywhere, workspace, secrets }: ReturnType<typeof openWindow>['stores']): string {
  const kept = [everywhere, workspace].map((store) => store.keys().map((key) => [key, store.get(key)]));
  return JSON.stringify([kept, [...secrets.kept]]);
}
