import type { Language } from './language.ts';

/** Order of the columns below. */
export const columns = ['en', 'de', 'fr', 'es', 'zh', 'ja'] as const satisfies readonly Language[];

/** One meaning a row; alternatives after a slash, the first of them is what it is translated to; `-` says nothing. */
const rows = `
the|der/die/das/den/dem|le/la/les|el/la/los/las|-|-
a/an|ein/eine/einen|un/une|un/una|一个|-
and|und|et|y|和/与|と
or|oder|ou|o|或|または
not|nicht|pas|no|不|ない
is|ist|est|es/está|是|です
are|sind|sont|son/están|是|です
was|war|était|era/fue|是|でした
has|hat|a|tiene|有|あります
have|haben|avoir|tener|有|あります
can|kann/können|peut|puede|能/可以|できます
will|wird/werden|va|va|会/将|でしょう
I|ich|je|yo|我|私
you|du/Sie|tu/vous|tú|你/您|あなた
he|er|il|él|他|彼
she|sie|elle|ella|她|彼女
it|es|il|lo|它|それ
we|wir|nous|nosotros|我们|私たち
they|sie|ils|ellos|他们|彼ら
my|mein/meine|mon/ma|mi|我的|私の
your|dein/deine|ton/votre|tu|你的|あなたの
his|sein/seine|son|su|他的|彼の
her|ihr/ihre|sa|su|她的|彼女の
our|unser/unsere|notre|nuestro|我们的|私たちの
this|dies/dieser/diese/dieses|ce/cette|este/esta|这/这个|これ/この
that|dass/das|que/cela|que/eso|那/那个|それ/その
in|in/im|dans|en|在|に
on|auf|sur|sobre|上|上に
at|bei/an|à|en|在|で
to|zu/nach|à|a|到|へ
from|von/aus|de|desde|从|から
of|von|de|de|的|の
for|für|pour|para|为|のために
with|mit|avec|con|跟|と
without|ohne|sans|sin|没有|なしで
by|von/durch|par|por|由|によって
as|als/wie|comme|como|作为|として
but|aber|mais|pero|但是|しかし
if|wenn|si|si|如果|もし
because|weil|parce|porque|因为|なぜなら
when|wenn/wann|quand|cuando|当|いつ/とき
where|wo|où|dónde|哪里|どこ
who|wer|qui|quién|谁|誰
what|was|quoi|qué|什么|何
how|wie|comment|cómo|怎么/如何|どう
why|warum|pourquoi|por qué|为什么|なぜ
yes|ja|oui|sí|对|はい
no|nein/kein/keine|non|no|没有|いいえ
hello|hallo|bonjour|hola|你好|こんにちは
good|gut/gute/guter/gutes|bon/bonne|bueno/buena|好|良い
bad|schlecht|mauvais|malo|坏|悪い
big/large|groß/große/großer/großes|grand/grande|grande|大|大きい
small/little|klein/kleine/kleiner/kleines|petit/petite|pequeño/pequeña|小|小さい
new|neu/neue/neuer/neues|nouveau/nouvelle|nuevo/nueva|新|新しい
old|alt/alte/alter/altes|vieux/vieille|viejo/vieja|旧/老|古い
fast/quick|schnell/schnelle|rapide|rápido|快|速い
slow|langsam|lent|lento|慢|遅い
long|lang/lange|long|largo|长|長い
short|kurz/kurze|court|corto|短|短い
beautiful|schön/schöne|beau/belle|hermoso|美丽|美しい
important|wichtig|important|importante|重要|重要
very|sehr|très|muy|很/非常|とても
many|viele|beaucoup|muchos|很多|多くの
all|alle|tous|todos|所有|すべて
every/each|jeder/jede/jedes|chaque|cada|每|毎
more|mehr|plus|más|更多|もっと
only|nur|seulement|solo|只|だけ
also|auch|aussi|también|也|も
here|hier|ici|aquí|这里|ここ
there|dort/da|là|allí|那里|そこ
now|jetzt|maintenant|ahora|现在|今
today|heute|aujourd'hui|hoy|今天|今日
tomorrow|morgen|demain|mañana|明天|明日
yesterday|gestern|hier|ayer|昨天|昨日
always|immer|toujours|siempre|总是|いつも
never|nie/niemals|jamais|nunca|从不|決して
day|Tag|jour|día|天/日|日
night|Nacht|nuit|noche|夜|夜
year|Jahr|année|año|年|年
time|Zeit|temps|tiempo|时间|時間
week|Woche|semaine|semana|星期|週
man|Mann|homme|hombre|男人|男
woman|Frau|femme|mujer|女人|女
child|Kind|enfant|niño|孩子|子供
people|Leute/Menschen|gens|gente|人们|人々
friend|Freund|ami|amigo|朋友|友達
name|Name|nom|nombre|名字|名前
house|Haus|maison|casa|房子|家
city|Stadt|ville|ciudad|城市|都市
country|Land|pays|país|国家|国
street|Straße|rue|calle|街|通り
school|Schule|école|escuela|学校|学校
book|Buch|livre|libro|书|本
letter|Brief|lettre|carta|信|手紙
word|Wort|mot|palabra|词|言葉
language|Sprache|langue|idioma|语言|言語
question|Frage|question|pregunta|问题|質問
answer|Antwort|réponse|respuesta|回答|答え
water|Wasser|eau|agua|水|水
food|Essen|nourriture|comida|食物|食べ物
bread|Brot|pain|pan|面包|パン
coffee|Kaffee|café|café|咖啡|コーヒー
tea|Tee|thé|té|茶|お茶
cat|Katze|chat|gato|猫|猫
dog|Hund|chien|perro|狗|犬
tree|Baum|arbre|árbol|树|木
sun|Sonne|soleil|sol|太阳|太陽
sea|Meer|mer|mar|海|海
world|Welt|monde|mundo|世界|世界
life|Leben|vie|vida|生活|人生
work|Arbeit|travail|trabajo|工作|仕事
money|Geld|argent|dinero|钱|お金
car|Auto|voiture|coche|汽车|車
train|Zug|train|tren|火车|電車
computer|Computer|ordinateur|ordenador|电脑|コンピューター
program|Programm|programme|programa|程序|プログラム
file|Datei|fichier|archivo|文件|ファイル
text|Text|texte|texto|文本|テキスト
code|Code|code|código|代码|コード
function|Funktion|fonction|función|函数|関数
error|Fehler|erreur|error|错误|エラー
server|Server|serveur|servidor|服务器|サーバー
user|Benutzer|utilisateur|usuario|用户|ユーザー
data|Daten|données|datos|数据|データ
test|Test|test|prueba|测试|テスト
list|Liste|liste|lista|列表|リスト
number|Zahl/Nummer|nombre|número|数字|数
message|Nachricht|message|mensaje|消息|メッセージ
line|Zeile|ligne|línea|行|行
value|Wert|valeur|valor|值|値
window|Fenster|fenêtre|ventana|窗口|ウィンドウ
door|Tür|porte|puerta|门|ドア
go/goes|gehen/geht|aller|ir|去|行きます
come/comes|kommen/kommt|venir|venir|来|来ます
see/sees|sehen/sieht|voir|ver|看/看见|見ます
say/says|sagen/sagt|dire|decir|说|言います
make/makes|machen/macht|faire|hacer|做|作ります
know/knows|wissen/weiß|savoir|saber|知道|知っています
want/wants|wollen/will|vouloir|querer|想/要|欲しいです
need/needs|brauchen/braucht|avoir besoin|necesitar|需要|必要です
like/likes|mögen/mag|aimer|gustar|喜欢|好きです
love/loves|lieben/liebt|aimer|amar|爱|愛しています
read/reads|lesen/liest|lire|leer|读|読みます
write/writes|schreiben/schreibt|écrire|escribir|写|書きます
open/opens|öffnen/öffnet|ouvrir|abrir|打开|開きます
close/closes|schließen/schließt|fermer|cerrar|关闭|閉じます
find/finds|finden/findet|trouver|encontrar|找到|見つけます
help/helps|helfen/hilft|aider|ayudar|帮助|助けます
run/runs|laufen/läuft|courir|correr|运行|走ります
eat/eats|essen/isst|manger|comer|吃|食べます
drink/drinks|trinken/trinkt|boire|beber|喝|飲みます
sleep/sleeps|schlafen/schläft|dormir|dormir|睡觉|眠ります
live/lives|leben/lebt|vivre|vivir|住|住んでいます
learn/learns|lernen/lernt|apprendre|aprender|学习|学びます
speak/speaks|sprechen/spricht|parler|hablar|讲|話します
sits/sit|sitzt/sitzen|s'assoit|se sienta|坐|座ります
one|eins|un|uno|一|一
two|zwei|deux|dos|二|二
three|drei|trois|tres|三|三
four|vier|quatre|cuatro|四|四
five|fünf|cinq|cinco|五|五
ten|zehn|dix|diez|十|十
red|rot/rote|rouge|rojo|红|赤い
blue|blau/blaue|bleu|azul|蓝|青い
green|grün/grüne|vert|verde|绿|緑
white|weiß/weiße|blanc|blanco|白|白い
black|schwarz/schwarze|noir|negro|黑|黒い
thanks|danke|merci|gracias|谢谢|ありがとう
please|bitte|s'il vous plaît|por favor|请|お願いします
morning|Morgen|matin|mañana|早上|朝
evening|Abend|soir|noche|晚上|夕方
`;

type Row = Readonly<Record<Language, readonly string[]>>;

/** The meanings; read from the table at the first call. */
export function meanings(): readonly Row[] {
  table ??= rows
    .trim()
    .split('\n')
    .map((row) => {
      const cells = row.split('|').map((cell) => (cell === '-' ? [] : cell.split('/')));
      const [en = [], de = [], fr = [], es = [], zh = [], ja = []] = cells;
      return { en, de, fr, es, zh, ja };
    });
  return table;
}

let table: readonly Row[] | undefined;
