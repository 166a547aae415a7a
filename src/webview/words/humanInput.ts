import type { Words } from './words.ts';

/** Forms that a run waits for. */
export const humanInputWords = {
  needsYou: ['{app} needs you: {title}', '{app} 需要你处理：{title}', '{app} が対応を待っています: {title}'],
  answerWithin: [
    'Answer within {duration} ({time})',
    '请在 {duration} 内答复（{time}）',
    '{duration} 以内に回答（{time}）',
  ],
  daysLeft: ['{n} day|{n} days', '{n} 天', '{n} 日'],
  hoursLeft: ['{n} h', '{n} 小时', '{n} 時間'],
  minutesLeft: ['{n} min', '{n} 分钟', '{n} 分'],
  dayAndTime: ['{day}, {time}', '{day} {time}', '{day} {time}'],
  waitsHere: [
    'The run waits here, also after a restart. You can go on in other conversations.',
    '运行会在此等待，重启后也一样。你可以继续其他对话。',
    '実行はここで待ちます。再起動後も同じです。ほかの会話は続けられます。',
  ],
  timeRanOut: [
    'The time to answer ran out {time}. The app decides what happens next.',
    '答复时间已于 {time} 截止，后续由应用决定。',
    '回答の期限は {time} に切れました。この後はアプリが決めます。',
  ],
  formRanOut: [
    'The time to answer {title} ran out {time}.',
    '{title} 的答复时间已于 {time} 截止。',
    '{title} への回答の期限は {time} に切れました。',
  ],
  answeredByMail: [
    'This step is answered by e-mail, not here.',
    '此步骤通过电子邮件答复，不在这里。',
    'このステップはメールで回答します。ここではできません。',
  ],
  answerFormFirst: ['Answer the form above first', '请先答复上面的表单', '先に上のフォームに回答してください'],
  submittingForm: ['Sending your answer: {action}', '正在发送你的答复：{action}', '回答を送信中: {action}'],
  formSent: ['Answer sent: {title}', '已发送答复：{title}', '回答を送信しました: {title}'],
  answeredElsewhere: [
    '{title} was answered elsewhere, or is not needed any more.',
    '{title} 已在别处答复，或不再需要。',
    '{title} は別の場所で回答されたか、不要になりました。',
  ],
  nothingOpen: [
    'The form was answered elsewhere. The run goes on in Dify.',
    '表单已在别处答复，运行在 Dify 中继续。',
    'フォームは別の場所で回答されました。実行は Dify で続いています。',
  ],
  lookAgain: ['Check Again', '重新检查', '再確認'],
  waitingForm: ['A form', '表单', 'フォーム'],
} as const satisfies Words;
