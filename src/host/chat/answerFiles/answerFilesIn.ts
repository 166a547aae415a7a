import { env, type Disposable, type Uri } from 'vscode';
import type { Clients } from '../../clients.ts';
import type { CommonState } from '../../commonState.ts';
import type { Log } from '../../log.ts';
import type { Acts } from '../part.ts';
import type { Talk } from '../talk.ts';
import { AnswerFiles } from './answerFiles.ts';
import { fileWindow } from './fileWindow.ts';
import { ImageChoice } from './imageChoice.ts';

interface Ports {
  readonly talk: Talk;
  readonly clients: Clients;
  readonly log: Log;
  readonly shared: CommonState;
  /** A folder for copies of files that are opened. */
  readonly copies: Uri;
}

/** The files of answers, and what the page wants of them, with VS Code's own dialogs and viewers. */
export function answerFilesIn(ports: Ports) {
  const images = new ImageChoice(ports.shared);
  const part = new AnswerFiles({ ...ports, images, window: fileWindow(ports.copies), language: env.language });
  const disposables: readonly Disposable[] = [images];
  return { part, acts: answerFileActs(part), disposables };
}

export function answerFileActs(part: AnswerFiles): Pick<Acts, 'answerFile' | 'showImage' | 'showImages'> {
  return {
    answerFile: ({ what, key, place }) => {
      switch (what) {
        case 'show':
          return part.show(key, place);
        case 'open':
          return part.open(key, place);
        case 'save':
          return part.save(key, place);
        case 'fresh':
          return part.refresh(key, place);
        case 'cancel':
          return part.cancel(place);
      }
    },
    showImage: ({ key, address }) => part.showImage(key, address),
    showImages: ({ always }) => part.alwaysShow(always),
  };
}
