import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { isWanted, Player, want } from '../speech/player.ts';
import { ThumbButton } from './thumbButton.tsx';

interface Properties {
  readonly name: string;
  readonly place: string;
  /** A `data:` address, or '' before it was fetched. */
  readonly address: string;
  readonly fetch: () => void;
}

/** A sound that an answer brought. It is fetched with the first press, and plays then. */
export function Sound({ name, place, address, fetch }: Properties): VNode {
  const [state, setState] = useState<'silent' | 'playing' | 'broken'>('silent');
  const player = useRef<Player>(undefined);
  const play = (): void => {
    player.current ??= new Player(() => setState('silent'));
    setState('playing');
    player.current.play(address).catch((error: unknown) => {
      // Nobody touched this page, or it was stopped before it began.
      const isWell = error instanceof DOMException && /^(NotAllowed|Abort)Error$/.test(error.name);
      setState(isWell ? 'silent' : 'broken');
    });
  };
  useEffect(() => {
    if (address !== '' && isWanted(place)) {
      want('');
      play();
    }
    return () => player.current?.stop();
  }, [address]);
  const stop = (): void => {
    player.current?.stop();
    setState('silent');
  };
  if (state === 'broken') {
    return (
      <ThumbButton label={t('cannotPlay')} act={play}>
        <Icon name="mute" />
      </ThumbButton>
    );
  }
  const fetchToPlay = (): void => {
    want(place);
    fetch();
  };
  const isPlaying = state === 'playing';
  const label = isPlaying ? t('stopNamed', { name }) : t('playNamed', { name });
  return (
    <ThumbButton label={label} act={isPlaying ? stop : address === '' ? fetchToPlay : play}>
      <Icon name={isPlaying ? 'debug-stop' : 'play'} />
    </ThumbButton>
  );
}
