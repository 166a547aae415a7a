import { EventEmitter, type Disposable } from 'vscode';
import type { Message } from '../../../conversation/conversation.ts';
import { describe } from '../../../conversation/failure.ts';
import type { Speech, StateChange } from '../../../conversation/protocol.ts';
import { withoutThinking } from '../../../conversation/thinking.ts';
import { textToAudio } from '../../../dify/audio.ts';
import type { Download } from '../../../dify/client.ts';
import type { App } from '../../app.ts';
import type { AppDetails } from '../../appDetails.ts';
import type { Clients } from '../../clients.ts';
import type { Log } from '../../log.ts';
import { sentenceOf } from '../../sentence.ts';
import { t, wordsFor } from '../../words.ts';
import type { ChatPart } from '../part.ts';
import type { Happened, Talk } from '../talk.ts';

/** How long the server may take to speak, in milliseconds: a long answer takes a model minutes. */
const patience = 180_000;

interface SpeakingPorts {
  readonly talk: Talk;
  readonly clients: Pick<Clients, 'of'>;
  readonly details: Pick<AppDetails, 'knownParameters'>;
  readonly log: Log;
  /** Whether the person lets apps speak unasked: the setting `difyCompanion.chat.autoPlay`. */
  readonly autoPlay: () => boolean;
}

/** Answers that are read aloud: Dify makes the sound, the page plays it. One at a time. */
export class Speaking implements ChatPart, Disposable {
  readonly #ports: SpeakingPorts;
  readonly #changed = new EventEmitter<StateChange>();
  readonly onDidChange = this.#changed.event;
  readonly #listening: readonly Disposable[];
  #speech: Speech | undefined;
  #reading: AbortController | undefined;

  constructor(ports: SpeakingPorts) {
    this.#ports = ports;
    const { talk } = ports;
    this.#listening = [talk.onDidHappen((event) => this.#heard(event)), talk.onDidShow(() => this.stop())];
  }

  state(): StateChange {
    return { speech: this.#speech };
  }

  /** Gets the answer of the message as sound. */
  async speak(key: string, unasked = false): Promise<void> {
    const { app, conversation } = this.#ports.talk;
    const message = conversation?.messages.find((one) => one.key === key);
    if (app === undefined || message === undefined) return;
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const speech: Speech = { key, state: 'reading', audio: '', problem: '', unasked };
    this.#show(speech);
    try {
      const sound = await this.#read(app, message, AbortSignal.any([reading.signal, AbortSignal.timeout(patience)]));
      if (reading.signal.aborted) return;
      if (sound === undefined)
        this.#show({ ...speech, state: 'failed', problem: t('There is nothing to read aloud.') });
      else this.#show({ ...speech, state: 'ready', audio: addressOf(sound) });
    } catch (error) {
      if (reading.signal.aborted) return;
      this.#ports.log.warn('Reading an answer aloud', error);
      this.#show({ ...speech, state: 'failed', problem: sentenceOf(describe(error, wordsFor(app))) });
    }
  }

  /** Ends it: the person wants it, or the sound is over. */
  stop(): void {
    this.#reading?.abort();
    this.#reading = undefined;
    if (this.#speech !== undefined) this.#show(undefined);
  }

  dispose(): void {
    for (const listening of this.#listening) listening.dispose();
    this.#reading?.abort();
    this.#changed.dispose();
  }

  #heard({ appId, key, event }: Happened): void {
    const { app, conversation } = this.#ports.talk;
    if (app?.id !== appId || conversation?.key !== key) return;
    if (event.type === 'run' && event.event.type === 'answered' && this.#speaksUnasked(app)) {
      void this.speak(event.key, true);
    }
  }

  /** Only where both the app's owner and the person want it. */
  #speaksUnasked(app: App): boolean {
    const speech = this.#ports.details.knownParameters(app)?.textToSpeech;
    return speech?.enabled === true && speech.autoPlay && this.#ports.autoPlay();
  }

  /** By its id the answer is the one that Dify has. One that it did not keep is sent as the text that is shown. */
  async #read(app: App, { run }: Message, signal: AbortSignal): Promise<Download | undefined> {
    const client = this.#ports.clients.of(app);
    const { messageId } = run;
    const sound = messageId === undefined ? undefined : await textToAudio(client, { message_id: messageId }, signal);
    const text = withoutThinking(run.text);
    return sound ?? (text === '' ? undefined : await textToAudio(client, { text }, signal));
  }

  #show(speech: Speech | undefined): void {
    this.#speech = speech;
    this.#changed.fire({ speech });
  }
}

/** The sound as an address that needs no request. Dify calls it `audio/mpeg`; a server that calls it something else means the same. */
function addressOf({ bytes, type }: Download): string {
  const media = /^audio\/[\w.+-]+$/.test(type) ? type : 'audio/mpeg';
  return `data:${media};base64,${Buffer.from(bytes).toString('base64')}`;
}
