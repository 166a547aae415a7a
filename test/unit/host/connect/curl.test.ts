import assert from 'node:assert/strict';
import { readExample } from '../../../../src/host/connect/curl.ts';

const url = 'https://api.dify.ai/v1/chat-messages';
const key = 'app-0123456789abcdefghijklmn';
const data = '{"inputs": {}, "query": "It\'s -H \\"x\\" --url", "user": "abc-123"}';

const dify = `curl -X POST '${url}' \\
--header 'Authorization: Bearer {api_key}' \\
--header 'Content-Type: application/json' \\
--data-raw '{
    "inputs": {},
    "query": "What are the specs of the iPhone 13 Pro Max?",
    "response_mode": "streaming",
    "files": [{"type": "image", "url": "https://cloud.dify.ai/logo/logo-site.png"}]
}'`;
const withKey = dify.replace('{api_key}', key);

/** The command in all its forms: each is the same address and key. */
const forms: Readonly<Record<string, string>> = {
  'several lines, as Dify shows it': withKey,
  'lines of Windows': withKey.replaceAll('\n', '\r\n'),
  'lines lost to spaces': withKey.replaceAll('\n', ' '),
  'lines lost altogether': withKey.replaceAll('\n', ''),
  'one line': `curl ${url} -H 'Authorization: Bearer ${key}'`,
  'double quotes': `curl -X POST "${url}" -H "Authorization: Bearer ${key}" -d "{\\"query\\": \\"x\\"}"`,
  'no space after -H': `curl -H"Authorization: Bearer ${key}" ${url}`,
  '--header=': `curl --header="Authorization: Bearer ${key}" --request=POST ${url}`,
  '-XPOST': `curl -XPOST ${url} -H 'authorization:bearer ${key}'`,
  'several letters in one': `curl -sSLX POST ${url} -H 'Authorization: Bearer ${key}'`,
  '--url': `curl --request POST --url ${url} --header 'Authorization: Bearer ${key}' --data 'x'`,
  '--url=, address last': `curl --header 'Authorization: Bearer ${key}' --url=${url}`,
  '--location, as Postman writes it': `curl --location '${url}' \\\n--header 'Authorization: Bearer ${key}' \\\n--data '{}'`,
  '--location with a verb': `curl --location --request POST '${url}' --header 'Authorization: Bearer ${key}'`,
  'a prompt': `$ curl '${url}' -H 'Authorization: Bearer ${key}'`,
  'sudo and a path': `sudo /usr/bin/curl '${url}' -H 'Authorization: Bearer ${key}'`,
  'a prompt of Windows': `C:\\Users\\ada> curl.exe "${url}" -H "Authorization: Bearer ${key}"`,
  'cmd, as Chrome copies it': `curl ^"${url}^" ^\r\n  -H ^"authorization: Bearer ${key}^" ^\r\n  --data-raw ^"^{^\\^"query^\\^":^\\^"50^%^\\^"^}^"`,
  'cmd with plain quotes': `curl -X POST "${url}" ^\r\n-H "Authorization: Bearer ${key}" ^\r\n-d "{\\"query\\": \\"x\\"}"`,
  'cmd, lines lost to spaces': `curl -X POST "${url}" ^ -H "Authorization: Bearer ${key}" ^ -d "{}"`,
  PowerShell: `curl.exe -X POST '${url}' \`\n -H 'Authorization: Bearer ${key}' \`\n -d '{}'`,
  'PowerShell, lines lost': `curl.exe -X POST "${url}" \`-H "Authorization: Bearer ${key}" \`-d "{\`"query\`": 1}"`,
  "bash's $'…'": `curl $'${url}' -H $'Authorization: Bearer ${key}' --data-raw $'{"query":"It\\'s"}'`,
  'a quote within a quote': `curl '${url}' -d '${data.replaceAll("'", `'\\''`)}' -H 'Authorization: Bearer ${key}'`,
  'options whose values look like addresses': `curl -x http://proxy.test:3128 -A agent/1.0 -e https://referer.test -o out.json ${url} -H 'Authorization: Bearer ${key}'`,
  'a pipe behind it': `curl -s ${url} -H 'Authorization: Bearer ${key}' | jq .answer`,
  'typographic quotes': `curl -X POST “${url}” -H “Authorization: Bearer ${key}”`,
  'no scheme': `curl api.dify.ai/v1/chat-messages -H 'Authorization: Bearer ${key}'`,
  'a heading over it': `cURL\n${withKey}`,
  '--oauth2-bearer': `curl --oauth2-bearer ${key} ${url}`,
  'cut off within the data': withKey.slice(0, -20),
};

describe('readExample', () => {
  for (const [name, pasted] of Object.entries(forms)) {
    it(`understands ${name}`, () => {
      const example = readExample(pasted);

      assert.equal(example?.address.replace(/^(?!https:)/, 'https://'), url);
      assert.equal(example?.key, key);
    });
  }

  it('takes a placeholder for no key', () => {
    for (const text of [
      '{api_key}',
      '{API_KEY}',
      '<your key>',
      'YOUR_API_KEY',
      '$DIFY_API_KEY',
      'app-xxxxxxxx',
      '***',
      '...',
    ]) {
      assert.deepEqual(readExample(dify.replace('{api_key}', text)), { address: url, key: undefined }, text);
    }
    assert.deepEqual(readExample(`curl ${url}`), { address: url, key: undefined });
  });

  it('sees address and key in an example of another language', () => {
    const python = `import requests\nrequests.post("${url}", headers={"Authorization": "Bearer ${key}"})`;
    const script = `await fetch('${url}', { headers: { Authorization: \`Bearer \${key}\` } })`;

    assert.deepEqual(readExample(python), { address: url, key });
    assert.deepEqual(readExample(script), { address: url, key: undefined });
  });

  it('is undefined for what is no example', () => {
    for (const text of [
      '',
      'curl',
      'curl -X POST',
      'https://api.dify.ai/v1',
      'api.dify.ai',
      'not a url',
      '"',
      `$'`,
      '\\',
    ]) {
      assert.equal(readExample(text), undefined, text);
    }
  });
});
