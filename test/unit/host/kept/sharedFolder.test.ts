import assert from 'node:assert/strict';
import { sharedFolder } from '../../../../src/host/kept/sharedFolder.ts';

describe('sharedFolder', () => {
  for (const [storage, shared] of [
    ['/u/workspaceStorage/0a1b2c3d4e5f-1/some.extension', '/u/workspaceStorage/0a1b2c3d4e5f/some.extension'],
    ['/u/workspaceStorage/-7f3a21bc-2/some.extension', '/u/workspaceStorage/-7f3a21bc/some.extension'],
    ['/u/workspaceStorage/1764000000000-1/some.extension', '/u/workspaceStorage/1764000000000/some.extension'],
    [
      String.raw`C:\u\workspaceStorage\0a1b2c3d-3\some.extension`,
      String.raw`C:\u\workspaceStorage\0a1b2c3d\some.extension`,
    ],
  ] as const) {
    it(`leads a window that got ${storage} to what the others have`, () => {
      assert.equal(sharedFolder(storage), shared);
    });
  }

  for (const storage of [
    '/u/workspaceStorage/0a1b2c3d4e5f/some.extension',
    '/u/workspaceStorage/-7f3a21bc/some.extension',
    '/u/globalStorage/some.extension-1/none',
    '/home/abcdef-1/u/workspaceStorage/0a1b2c3d/some.extension',
  ]) {
    it(`leaves ${storage}`, () => {
      assert.equal(sharedFolder(storage), storage);
    });
  }
});
