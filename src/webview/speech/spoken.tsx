import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Speech } from '../../conversation/protocol.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { isWanted, Player } from './player.ts';

interface Properties {
  readonly speech: Speech;
  readonly actions: Actions;
}

/** An answer that is read aloud, below it. There is one at most; leaving it ends the sound. */
export function Spoken({ speech, actions }: Properties): VNode {
  const { isPlaying, isBroken, play } = usePlayer(speech, actions);
  const stop = (): void => actions.wish('stopSpeech');
  if (speech.state === 'failed' || isBroken) {
    return <Line icon="mute" text={isBroken ? t('cannotPlay') : speech.problem} button={t('hide')} act={stop} />;
  }
  if (speech.state === 'reading') {
    return <Line icon="loading spin" text={t('gettingSpeech')} button={t('stopSpeech')} act={stop} />;
  }
  if (isPlaying) return <Line icon="unmute" text={t('readingAloud')} button={t('stopSpeech')} act={stop} />;
  return <Line icon="unmute" text={t('speechReady')} button={t('playSpeech')} act={play} />;
}

interface LineProperties {
  readonly icon: string;
  readonly text: string;
  readonly button: string;
  readonly act: () => void;
}

function Line({ icon, text, button, act }: LineProperties): VNode {
  return (
    <p class="note spoken">
      <Icon name={icon} classes="s" />
      <span>{text}</span>
      <button class="btn link small" type="button" onClick={act}>
        {button}
      </button>
    </p>
  );
}

/** Plays the sound once it is there, if it was this page that was asked for it; a page that found it ready offers to play it. */
function usePlayer(speech: Speech, actions: Actions) {
  const [sound, setSound] = useState<'silent' | 'playing' | 'broken'>('silent');
  const player = useRef<Player>(undefined);
  const before = useRef(speech.state);
  const play = (): void => {
    player.current ??= new Player(() => actions.wish('stopSpeech'));
    setSound('playing');
    // Unasked, in a page that nobody has touched, a browser plays nothing: the person may press Play.
    player.current.play(speech.audio).catch((error: unknown) => setSound(isForbidden(error) ? 'silent' : 'broken'));
  };
  useEffect(() => {
    const isNew = before.current === 'reading' && speech.state === 'ready';
    before.current = speech.state;
    if (isNew && mayPlay(speech)) play();
  }, [speech]);
  useEffect(() => () => player.current?.stop(), []);
  return { isPlaying: sound === 'playing', isBroken: sound === 'broken', play };
}

function mayPlay({ key, unasked }: Speech): boolean {
  return unasked ? document.visibilityState === 'visible' : isWanted(key);
}

function isForbidden(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotAllowedError';
}
