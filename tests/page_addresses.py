"""One address of each kind of page in each of its states, on a site with the shipped content and one article taken down."""

OUTPATIENT = "/calculators/employee_outpatient/"
RESULT = f"{OUTPATIENT}?region=110000&person_type=in_service&hospital_level=community&eligible=3000"
ARTICLE = "/articles/yibaoka-yue-qingling/"
TAKEN_DOWN = "liuzhou-yibao-dianhua"
PAGES = {
    "home": "/",
    "articles": "/articles/",
    "second page": "/articles/?page=2",
    "category": "/categories/daiyu-baoxiao/",
    "category in a place": "/categories/daiyu-baoxiao/?area=110000",
    "tag of a place": "/tags/北京/",
    "tag": "/tags/门诊/",
    "article": ARTICLE,
    "article with a table": "/articles/beijing-zhigong-menzhen/",
    "article with a figure that is a sentence": "/articles/nanjing-menzhen-feiyong-xiane/",
    "areas": "/areas/",
    "area": "/areas/110000/",
    "area with a deadline": "/areas/350000/",
    "area on another day": "/areas/420100/?on=2023-04-09",
    "area without values": "/areas/110000/?on=1990-01-01",
    "place without values": "/areas/430100/",
    "choice": "/choice/?back=/areas/",
    "area's articles": "/areas/110000/articles/",
    "document": "/documents/bj_op_2023/",
    "calculators": "/calculators/",
    "calculator": OUTPATIENT,
    "result": RESULT,
    "errors": f"{OUTPATIENT}?region=110000&person_type=&eligible=abc",
    "a day without values": f"{RESULT}&as_of=1999-01-01",
    "empty search": "/search/",
    "search": "/search/?q=起付线",
    "search without a find": "/search/?q=xyzzyxyzzy",
    "api": "/api/v1/",
    "open data": "/data/",
    "glossary": "/glossary/",
    "corrections": "/corrections/",
    "feeds": "/feeds/",
    "about": "/about/",
    "page": "/privacy/",
    "feedback": "/feedback/?about=/areas/",
    "thanks": "/feedback/thanks/?about=/areas/",
    "not found": "/nowhere/",
    "withdrawn": f"/articles/{TAKEN_DOWN}/",
}
REFUSED = {"not found", "withdrawn"}
# Answers to one visitor's question, which search engines are told to leave out.
NOT_INDEXED = {"area on another day", "area without values", "result", "errors", "a day without values"}
NOT_INDEXED |= {
    "category in a place",
    "place without values",
    "choice",
    "empty search",
    "search",
    "search without a find",
    "feedback",
    "thanks",
} | REFUSED
