"""The commonest words of languages in Latin letters, and letters that only one of them has: what a language is told by.

The lists are short on purpose: function words, and a few that nearly every post of a company has. A word may stand in
several; it weighs the less the more languages share it. Hindi stands here as it is written in Latin letters.
"""

from __future__ import annotations

COMMON = {
    "en": (
        "the and of to is in that it for was we are with this our have not but they from you what will has an more a as at be"
        " by can do every had he her his how i if into its just let me my new no now on one or out over own people she so"
        " than thank thanks their them then there these those time up us very want were when where which who why work world"
        " year years your about after all also am any because been before being day did don first get go good great help"
        " here know like ll made make many most much must need never next off only other please re said see should some"
        " still take team than today too ve way week well would free"
    ),
    "fr": (
        "le la les des est et une dans que qui pour nous vous sur avec pas plus ce cette sont notre nos au aux du je été de un"
        " en il elle ils se sa son ses mais ou où comme tout tous toute fait faire être avons ont par ne si leur leurs votre"
        " vos aussi bien merci chez depuis ces c d l j qu on y encore très même sans aujourd hui année ans deux cet"
        " quand était peut donc alors avant"
        " jour plusieurs autres ceux nouveau nouvelle équipe"
    ),
    "de": (
        "der die und das ist nicht ein eine einen einem einer mit den für auf wir von zu im dem des auch sich als werden haben"
        " ich bei uns unser unsere unseren es sie er aber oder nur noch mehr wie so aus an nach um dass wird sind war wurde"
        " zum zur über vor durch kann wenn jetzt heute jahr jahre jahren danke alle ihr ihre hat sehr gegen ohne schon seit"
        " bis weil immer was diese dieser dieses kein keine können müssen"
        " viel viele gut gute neue neuen gibt mein meine etwas haben unter ab"
    ),
    "es": (
        "el la los las que una un para con por del de se nuestro nuestra nuestros más como está son pero muy en lo su sus ha"
        " hoy este esta y al no es nos me mi si sin sobre todo todos cuando ya hay también ser tiene desde año años gracias"
        " porque cada han era fue hemos entre donde estamos equipo hasta le les te tu tus usted favor como cómo qué puede pueden hacer"
        " bien estos estas mismo ahora aquí nuestros nuestras nueva nuevo así"
    ),
    "pt": (
        "o os as que uma um para com por da do não em mais como está são mas muito nossa nosso nossos é dos das ao você e a se"
        " na no nas nos pela pelo também foi ser ter tem hoje ano anos todos já quando obrigado porque cada seu sua de isso"
        " esta este nós temos estamos às até sem sobre entre dia pode fazer agora aqui bem melhor nova novo nossas eu"
    ),
    "it": (
        "il che di una per con non del della dei delle sono più gli nostro nostra nostri è un le dei alla anche come questo"
        " questa si lo ci la i e a in da al nel nella ma se abbiamo ha hanno chi tutti ogni oggi anni anno grazie perché dal"
        " dalla sul sulla loro essere stato stata quando molto solo senza noi dell all l ai può"
        " fare ora qui bene nostre nuovo nuova nei quello"
    ),
    "nl": (
        "de het een en van is dat niet voor met op zijn wij we ons onze aan ook worden naar er maar bij deze wordt hebben ik"
        " in te die om als dan nog wel geen meer hun hij zij heeft kan uit over door tot jaar jaren vandaag omdat elke alle"
        " waar was dit mijn jullie bedankt dank nu al zo kunnen moet goed veel nieuwe iedereen mensen zich"
    ),
    "sv": (
        "och att det som en är för på med av inte den till vi har om ett vår våra jag men kan från så de i var när alla mer"
        " också vid hos år under eller han hon sig idag tack varje där efter över oss mycket då nu måste vårt ska"
    ),
    "da": (
        "og at det som en er for på med af ikke den til vi har om et vores jeg men kan fra så også de i var når alle mere ved"
        " år under eller han hun sig dag tak hver efter over os meget nu skal av vår våre ikke hvor blir bliver dette å deg"
    ),
    "pl": (
        "i w na że się nie do jest z to co jak za po dla są nasz nasza nasze przez oraz być tym które od ale o ze my dzisiaj"
        " dziś rok roku lat każdy każdego wszystkim tylko już więcej bardzo przed będzie jesteśmy mamy dziękuję ich jego tego"
        " nas kiedy czy który także bo"
    ),
    "tr": (
        "ve bir bu için ile de da çok olarak daha olan en ne var biz gibi sonra kadar her bizim o ama değil olduğu yıl bugün"
        " tüm teşekkür ederim ederiz önce şimdi bizi içinde yeni çünkü ki mi zaman iyi oldu ediyoruz"
    ),
    "fi": (
        "ja on ei että se me ovat oli mutta kun niin myös kuin joka tämä olemme meidän sen tai vain nyt jo kaikki mitä vuoden"
        " vuonna tänään kiitos hän jos enemmän koska olla sekä kaikille joita mikä"
    ),
    "cs": (
        "a v na se že je to s z do pro jsme jsou ale jako za po by tak od jsem jeho které který jak při už jen nebo náš naše"
        " našich dnes rok let více aby byl bylo být sme sú pre ako tiež roku děkuji ďakujem každý ktorý nie my protože"
    ),
    "hu": (
        "a az és hogy nem egy is van ez volt csak mint már meg mi de azt ha vagy ami minden mert nagyon több most még kell"
        " lesz évben ma köszönöm akik ezt vagyunk a"
    ),
    "ro": (
        "și în de la cu pe un o nu că este sunt din pentru mai care au am a fost ca dar sau noi se al ale ai lui acest această"
        " astăzi ani an fiecare toți mulțumim mulțumesc foarte după prin nostru noastră să"
    ),
    "hr": (
        "i u je da na se za su od s ne to smo kao iz koji što ali do sam će po bi više naš naši danas godina godine svi hvala"
        " koje samo ili ako nije kako biti svaki jer"
    ),
    "id": (
        "yang dan di untuk dengan ini itu dari dalam kami kita tidak akan pada ke adalah juga bisa ada lebih telah para oleh"
        " karena setiap tahun hari terima kasih sudah saya mereka atau bukan kepada orang"
    ),
    "vi": (
        "và của là không chúng tôi ta có cho được trong một những các với này đã người để khi từ cũng đến năm hôm nay cảm ơn"
        " mỗi nhiều như về rất"
    ),
    "ca": (
        "el la els les que una un per amb del de i és no més com aquest aquesta són però molt en al dels als ens nostre nostra"
        " avui any anys gràcies també hem ha perquè cada ser des fins"
    ),
    "hi": (
        "hai ki ke ka ko se aur nahin nahi mein ye yeh hain bhi kya hum humne apne apni liye par kar karte karna tha thi jo"
        " har sab ek wo woh unke hamare hamari aaj saal"
    ),
}

LETTERS = {
    "ß": "de", "ñ": "es", "¿": "es", "¡": "es", "ã": "pt", "õ": "pt", "ł": "pl", "ą": "pl", "ż": "pl", "ś": "pl", "ğ": "tr",
    "ı": "tr", "ş": "tr", "ø": "da", "æ": "da", "ő": "hu", "ű": "hu", "ř": "cs", "ě": "cs", "ů": "cs", "ș": "ro", "ț": "ro",
    "ơ": "vi", "ư": "vi", "ạ": "vi", "ế": "vi", "ệ": "vi", "œ": "fr",
}  # fmt: skip
"""Letters and marks that, among these languages, mostly stand in one."""
