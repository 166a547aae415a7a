import type { Speech } from '../../src/demo/speech.ts';
import { type LabApp, labApp } from './labApp.ts';

/** As the lab's provider does: a frame of silence again and again, 6000 bytes in all; and always the same words heard. */
export const labSpeech: Speech = {
  transcribe: () => 'hello from the microphone',
  speak: () => Uint8Array.from({ length: 6000 }, (_, index) => [0xff, 0xfb, 0x90][index % 417] ?? 0),
};

export const automatic = { enabled: true, voice: 'alloy', language: 'en-US', autoPlay: 'enabled' } as const;

export const speakingChat = labApp(
  { key: 'app-LabSpeakingChat000000001', name: 'Speaking chat', mode: 'chat', speech: labSpeech },
  { speech_to_text: { enabled: true }, text_to_speech: automatic },
);

export const speakingText = labApp(
  { key: 'app-LabSpeakingText000000002', name: 'Speaking text generator', mode: 'completion', speech: labSpeech },
  { speech_to_text: { enabled: true }, text_to_speech: automatic },
);

/** The lab's apps that hear and speak. */
export const speechApps: readonly LabApp[] = [
  { app: speakingChat, features: ['speech-to-text', 'text-to-speech', 'auto-play'] },
  { app: speakingText, features: ['speech-to-text', 'text-to-speech', 'auto-play'] },
];
