import assert from 'node:assert/strict';
import { emptyForm } from '../../src/conversation/protocol.ts';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { halfFilled } from './formStates.ts';
import { formStateOf as stateOf } from './states.ts';

const full = { ...halfFilled.values, happened: 'The VPN is gone.', seats: '12', settings: '{"channel": 6}' };

describe('The files of the form in the page', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));

  const press = (name: string) => chat.page.getByRole('button', { name, exact: true }).click();

  it('are chosen by the editor, and taken out again', async () => {
    await chat.snapshot(stateOf('form', { values: full }));
    await press('Choose files');
    assert.deepEqual(await chat.posted('chooseFiles'), [{ type: 'chooseFiles', variable: 'logs' }]);
    await press('Remove router-2026-11-20.log');

    assert.deepEqual((await chat.posted('form'))[0]?.values, { logs: [] });
  });

  it('may be links, which are looked at first', async () => {
    await chat.snapshot(stateOf('form'));
    const photo = chat.page.getByRole('group', { name: 'Photo of the device' });
    assert.equal(await photo.locator('.drop-line .codicon-file-media').count(), 1);
    await press('paste a link');
    const link = chat.page.getByLabel('Link for Photo of the device');
    await link.fill('https://example.com/scan.pdf');
    await link.press('Enter');
    assert.equal(await chat.text('#input-6-link-wrong'), 'scan.pdf: this app accepts images. Remove it or convert it.');
    await link.fill('https://example.com/a%20photo.png');
    await press('Add');

    assert.deepEqual((await chat.posted('form'))[0]?.values, {
      photo: [
        {
          name: 'a photo.png',
          mapping: { type: 'image', transfer_method: 'remote_url', url: 'https://example.com/a%20photo.png' },
        },
      ],
    });
    assert.deepEqual(await chat.posted('start'), []);
    assert.deepEqual(chat.foreignRequests, []);
  });

  it('may be dropped from the editor, never from elsewhere', async () => {
    await chat.snapshot(stateOf('form'));
    const drop = (types: Readonly<Record<string, string>>) =>
      chat.page
        .locator('.drop-line')
        .first()
        .evaluate((element, given) => {
          const data = new DataTransfer();
          for (const [type, text] of Object.entries(given)) data.setData(type, text);
          element.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
        }, types);
    await drop({ 'text/uri-list': 'file:///w/kernel.log' });
    assert.deepEqual(await chat.posted('dropFiles'), [
      { type: 'dropFiles', variable: 'logs', uris: 'file:///w/kernel.log' },
    ]);
    await drop({});
    await chat.painted();

    assert.match(await chat.text('[role=status]:not(:empty)'), /Choose the file instead/);
  });

  it('that are on their way hold the start, can be cancelled, and their arrival is said', async () => {
    const uploads = [{ variable: 'logs', name: 'kernel.log', percent: 61 }];
    await chat.snapshot(stateOf('form', { values: full, uploads }));
    await press('Start Conversation');
    assert.deepEqual(await chat.posted('start'), []);
    assert.equal(await chat.text('.form .problem'), 'A file is still being uploaded.');
    await press('Cancel upload of kernel.log');
    assert.deepEqual(await chat.posted('cancelUpload'), [
      { type: 'cancelUpload', variable: 'logs', name: 'kernel.log' },
    ]);

    const logs = [{ name: 'kernel.log', mapping: {} }];
    await chat.events({ type: 'changed', state: { form: { ...emptyForm, values: { ...full, logs } } } });
    await chat.painted();
    assert.match(await chat.text('[role=status]:not(:empty)'), /Uploaded kernel\.log/);
    await press('Start Conversation');
    assert.equal((await chat.posted('start')).length, 1);
  });
});
