/** What this page was asked to play, a message's answer or a file: another view of the same chat stays silent. */
let wanted: string | undefined;

/** The person asked this page for the sound. @param key of the message, or place of the file; '' for nothing any more */
export function want(key: string): void {
  wanted = key;
}

export function isWanted(key: string): boolean {
  return wanted === key;
}

/** Plays one sound. The page may load nothing, so the bytes come in the address and leave as a Blob. */
export class Player {
  readonly #audio = new Audio();
  #url = '';

  /** @param ended called when the sound is over, not when it is stopped */
  constructor(ended: () => void) {
    this.#audio.addEventListener('ended', ended);
  }

  /**
   * @param address a `data:` address of a sound
   * @throws where the sound cannot be played, `NotAllowedError` where nobody touched the page before
   */
  async play(address: string): Promise<void> {
    this.stop();
    this.#url = URL.createObjectURL(soundIn(address));
    this.#audio.src = this.#url;
    await this.#audio.play();
  }

  stop(): void {
    this.#audio.pause();
    if (this.#url === '') return;
    this.#audio.removeAttribute('src');
    URL.revokeObjectURL(this.#url);
    this.#url = '';
  }
}

/** The sound in a `data:` address of the host. */
function soundIn(address: string): Blob {
  const [, type = '', base64 = ''] = /^data:(audio\/[\w.+-]+);base64,(.*)$/s.exec(address) ?? [];
  return new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type });
}
