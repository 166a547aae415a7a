import assert from 'node:assert/strict';
import { cutsOf, differences } from '../replay/cuts.ts';
import { recordedFolders } from '../support/recordings.ts';
import { recordedStreams } from '../support/recordedStreams.ts';
import { Shapes } from './shapes.ts';

const shapes = new Shapes();

for (const folder of recordedFolders()) {
  describe(`The client on the streams recorded in ${folder}`, () => {
    for (const stream of shapes.unseenOf(recordedStreams(folder))) {
      it(`${stream.name}: the same events split anywhere, all before a cut, and incomplete when cut before its end`, async () => {
        const found = await differences(stream, cutsOf(stream));
        assert.deepEqual(found.slice(0, 3), [], `${found.length} differences`);
      }).timeout(60_000);
    }
  });
}
