import assert from 'node:assert/strict';
import type { FromWebview } from '../../src/conversation/fromWebview.ts';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { app, picture, state } from './states.ts';

describe('What the page offers around a conversation', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));

  const press = (name: string): Promise<void> => chat.page.getByRole('button', { name }).click();
  const wishes = async (): Promise<FromWebview['type'][]> => {
    const all = await chat.page.evaluate(() => globalThis.host.posted);
    return all.map(({ type }) => type).filter((type) => type !== 'ready');
  };

  it('welcomes with three buttons, and the keyboard begins at the first', async () => {
    await chat.snapshot(state({ app: undefined }));
    await chat.page.evaluate(() => dispatchEvent(new FocusEvent('focus')));

    assert.equal(await chat.page.evaluate(() => document.activeElement?.textContent), 'Connect an App');
    assert.deepEqual(await chat.page.locator('.stack button').allInnerTexts(), [
      'Connect an App',
      'Try the Demo Server',
      'How it works',
    ]);
    for (const name of ['Connect an App', 'Try the Demo Server', 'How it works']) await press(name);
    assert.deepEqual(await wishes(), ['connect', 'startDemo', 'howItWorks']);
    assert.match(await chat.text('.dock'), /community project/);
  });

  it('begins in the text when the demo was chosen', async () => {
    await chat.snapshot(state({ app: undefined }));
    await press('Try the Demo Server');

    await chat.snapshot(state({ notices: [{ kind: 'demo' }] }));

    assert.equal(await chat.page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
  });

  it('says that a demo is one, until that is hidden', async () => {
    await chat.snapshot(state({ notices: [{ kind: 'demo' }] }));

    await press('Connect Your App');
    await press('Leave the Demo');
    await press('Hide this notice');
    assert.deepEqual(await wishes(), ['connect', 'leaveDemo', 'hideNotice']);
    assert.deepEqual(await chat.posted('hideNotice'), [{ type: 'hideNotice', kind: 'demo' }]);

    await chat.snapshot(state());
    assert.equal(await chat.page.locator('.banner').count(), 0);
    assert.equal(await chat.page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
  });

  it('keeps the mark of an address that is not encrypted, which shows the notice again', async () => {
    const face = { ...app, host: 'dify.lab', unencrypted: true };
    await chat.snapshot(state({ app: face, notices: [{ kind: 'unencrypted', url: 'http://dify.lab' }] }));
    assert.match(await chat.text('.banner'), /go to http:\/\/dify\.lab in clear/);

    await press('Change Address');
    await press('Hide this notice');
    await chat.snapshot(state({ app: face }));
    await press('http, not encrypted');
    await chat.page
      .locator('[role=status]', { hasText: 'go to http://dify.lab in clear' })
      .waitFor({ state: 'attached' });

    assert.deepEqual(await wishes(), ['changeAddress', 'hideNotice', 'showNotice']);
  });

  it('says that the server is not reached, which cannot be hidden', async () => {
    const at = new Date(2026, 4, 14, 10, 31).getTime();
    await chat.snapshot(state({ notices: [{ kind: 'offline', host: 'dify.lab', at }] }));
    assert.match(await chat.text('.banner'), /dify\.lab cannot be reached\. Last try 10:31\./);
    assert.equal(await chat.page.getByRole('button', { name: 'Hide this notice' }).count(), 0);

    await press('Try Again');
    await press('Show Log');

    assert.deepEqual(await wishes(), ['retryConnection', 'showLog']);
  });

  it('shows the picture of an app, and nothing that is no picture', async () => {
    const svg = `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg"/>')}`;
    const icons = ['https://evil.test/a.png', 'javascript:alert(1)', svg, `${picture}" onerror="alert(1)`];
    for (const icon of icons) {
      await chat.snapshot(state({ app: { ...app, icon } }));
      assert.equal(await chat.page.locator('.app-icon img').count(), 0, icon);
    }
    await chat.snapshot(state({ app: { ...app, icon: picture } }));
    assert.equal(await chat.page.locator('.app-icon img').count(), 2);
    assert.equal(await chat.text('.app-icon'), '');

    await chat.snapshot(state({ app: { ...app, icon: 'data:image/png;base64,AAAA' } }));
    await chat.page.locator('.app-icon[data-letter="S"]').first().waitFor();
    assert.deepEqual(chat.foreignRequests, []);
  });
});
