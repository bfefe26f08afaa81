"""Lists of words that say what a name or a noun refers to. Written for this project.

Lists of names are never complete: the type of an unlisted name follows from its context.
"""

from collections import defaultdict

from index.language.word_classes import word_set

MALE_NOUNS = word_set("""
    man boy father son husband brother uncle nephew grandfather grandson king prince duke spokesman
    businessman congressman chairman policeman fireman fisherman salesman cameraman gentleman
    boyfriend widower actor waiter lord guy dad stepfather councilman grandpa monk priest craftsman
    sportsman serviceman anchorman lawman nobleman statesman landlord
""")
FEMALE_NOUNS = word_set("""
    woman girl mother daughter wife sister aunt niece grandmother granddaughter queen princess
    duchess spokeswoman businesswoman congresswoman chairwoman policewoman girlfriend widow actress
    waitress lady mom mum stepmother councilwoman grandma nun ballerina heiress hostess sportswoman
    servicewoman landlady saleswoman
""")
PERSON_NOUNS = (
    MALE_NOUNS
    | FEMALE_NOUNS
    | word_set("""
        person adult child teenager teen kid baby infant student pupil teacher professor lecturer
        scholar researcher scientist academic expert specialist analyst economist historian
        sociologist psychologist psychiatrist physician doctor nurse surgeon patient paramedic
        midwife dentist pharmacist therapist official officer spokesperson representative senator
        lawmaker legislator congressperson politician candidate nominee contender incumbent
        president premier chancellor minister secretary governor mayor councillor councilmember
        commissioner director chief head leader deputy aide adviser advisor assistant ambassador
        diplomat envoy negotiator mediator judge justice magistrate lawyer attorney solicitor
        barrister prosecutor defendant plaintiff suspect victim witness juror inmate prisoner
        detainee convict killer gunman attacker shooter robber thief driver pilot captain sailor
        soldier sergeant lieutenant colonel general commander admiral major veteran marine fighter
        rebel militant policymaker detective inspector constable sheriff agent guard firefighter
        rescuer volunteer activist campaigner organizer organiser protester demonstrator dissident
        critic supporter opponent author writer novelist poet playwright journalist reporter
        correspondent editor columnist blogger broadcaster presenter anchor host moderator
        interviewer photographer filmmaker producer publisher singer musician composer guitarist
        drummer rapper dancer painter sculptor artist designer architect engineer programmer
        developer mechanic electrician plumber builder carpenter farmer fisher rancher miner worker
        employee employer manager executive ceo cfo coo cto administrator boss owner founder
        cofounder co-founder entrepreneur investor banker trader broker accountant auditor
        consultant salesperson shopper customer client consumer tenant landowner homeowner neighbor
        neighbour resident citizen voter taxpayer immigrant migrant refugee traveller traveler
        tourist passenger commuter pedestrian cyclist runner athlete player footballer goalkeeper
        striker midfielder quarterback pitcher coach trainer referee umpire champion fan spectator
        teammate colleague coworker friend partner spouse fiance parent sibling cousin relative
        grandparent grandchild twin pastor preacher bishop archbishop cardinal rabbi imam cleric
        chaplain missionary believer pope theologian philosopher fellow chair chairperson treasurer
        trustee member delegate strategist pollster lobbyist insider source operative staffer intern
        ex-president vice-president successor predecessor mentor rival hacker whistleblower
        billionaire millionaire tycoon magnate survivor bystander onlooker celebrity star comedian
        entertainer model chef cook baker bartender librarian curator archaeologist biologist
        chemist physicist astronomer geologist mathematician meteorologist climatologist ecologist
        epidemiologist virologist astronaut cosmonaut inventor explorer collector superintendent
        principal dean provost rector registrar coordinator technician operator clerk cashier
        receptionist secretary-general governor-general
    """)
)
"""Singular nouns for one person."""

KIN_NOUNS = word_set("""
    wife husband spouse widow widower son daughter brother sister father mother dad mum mom uncle
    aunt nephew niece cousin grandson granddaughter grandfather grandmother stepson stepdaughter
    stepfather stepmother twin fiance fiancee girlfriend boyfriend sister-in-law brother-in-law
    son-in-law daughter-in-law father-in-law mother-in-law ex-wife ex-husband
""")
"""Relatives: who is introduced as one is named by the first name later."""

GROUP_NOUNS = word_set("""
    people men women children police media press staff personnel public community family couple
    crowd team crew majority minority jury panel opposition electorate
""")
"""More than one person without a plural ending, or a body that has no name."""
NOT_PLURAL = word_set(
    "news congress press boss witness business process class series texas analysis"
)

NAMING_NOTHING = """
    man woman boy girl person people one ones someone somebody individual believed thought suspected
    suspect alleged allegedly said known called named reported reportedly accused apparent presumed
    unidentified unnamed unknown same other others thing things something
"""
"""An answer of these alone says nobody and nothing: "the man believed to be the bomber"."""

SYMMETRIC_VERBS = word_set("""
    meet met marry wed divorce date face play fight fought join befriend resemble equal rival
    cooperate collaborate negotiate talk
""")
"""Who does it to whom does not matter: if she married him, he married her."""

TEXT_NOUNS = word_set("""
    report study survey poll document statement letter memo lawsuit complaint indictment filing
    affidavit email article story book tweet post paper analysis review release transcript video
    audit ruling bill law data research evidence account ad advertisement newspaper website outlet
    blog site spot campaign memoir magazine message alert resolution legislation claim forecast
    polling order notice advisory warning
""")
"""Texts that speak for their authors: "the report"."""

ORGANISATION_WORDS = word_set("""
    ministry department agency university college school institute institution center centre council
    committee commission court bank association union federation foundation party congress senate
    parliament assembly office bureau police army navy guard force forces inc corp corporation
    company co ltd llc plc group holdings partners associates airlines airways motors industries
    technologies systems laboratories labs studios pictures records entertainment media network news
    times post journal tribune herald guardian gazette telegraph chronicle press magazine review
    daily radio television tv broadcasting society league club team academy church hospital clinic
    museum library theater theatre orchestra trust fund alliance coalition movement campaign
    administration airline authority board service services organization organisation nations
    tribunal cabinet house corps embassy consulate initiative project program programme forum
    exchange reserve chamber brigade front brotherhood republicans democrats liberals conservatives
    workers teachers united city rovers athletic wanderers band
""")
PLACE_WORDS = word_set("""
    river lake mount mountain mountains island islands sea ocean bay gulf strait valley peninsula
    desert street avenue road boulevard square park bridge airport station county province district
    region state city town village beach coast forest hills creek harbor harbour cape north south
    east west northern southern eastern western central
""")
PLACES = word_set("""
    afghanistan albania algeria america angola argentina armenia australia austria azerbaijan
    bahrain bangladesh belarus belgium bolivia bosnia brazil britain bulgaria burma cambodia
    cameroon canada chad chile china colombia congo crimea croatia cuba cyprus denmark ecuador egypt
    england eritrea estonia ethiopia europe finland france gaza georgia germany ghana greece
    guatemala haiti honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica
    japan jordan kazakhstan kenya korea kosovo kuwait laos latvia lebanon libya lithuania luxembourg
    malaysia mali malta mexico moldova mongolia morocco mozambique myanmar namibia nepal netherlands
    nicaragua niger nigeria norway oman pakistan palestine panama paraguay peru philippines poland
    portugal qatar romania russia rwanda scotland senegal serbia singapore slovakia slovenia somalia
    spain sudan sweden switzerland syria taiwan tajikistan tanzania thailand tibet tunisia turkey
    uganda ukraine uruguay uzbekistan venezuela vietnam wales yemen zambia zimbabwe africa asia
    alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho
    illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota
    mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas
    utah vermont virginia wisconsin wyoming washington london paris berlin moscow beijing tokyo
    seoul pyongyang brussels geneva vienna madrid rome athens ankara istanbul cairo jerusalem
    damascus baghdad tehran kabul islamabad delhi mumbai dhaka bangkok jakarta manila hanoi sydney
    melbourne canberra toronto ottawa montreal chicago boston philadelphia houston dallas atlanta
    miami seattle detroit denver baltimore cleveland pittsburgh kyiv kiev warsaw prague budapest
    dublin edinburgh glasgow manchester liverpool birmingham amsterdam stockholm oslo copenhagen
    helsinki lisbon nairobi lagos johannesburg hollywood manhattan brooklyn harlem shanghai taipei
    u.s us usa uk u.k eu uae
""")
DEMONYMS = word_set("""
    american british english scottish welsh irish french german italian spanish portuguese dutch
    belgian swiss austrian polish czech hungarian greek turkish russian ukrainian chinese japanese
    korean indian pakistani afghan iranian iraqi israeli palestinian syrian lebanese egyptian saudi
    african asian european australian canadian mexican brazilian cuban arab muslim christian jewish
    catholic protestant islamic buddhist hindu republican democrat democratic liberal conservative
    labour communist socialist southern northern western eastern thai indonesian vietnamese filipino
    malaysian singaporean taiwanese swedish norwegian danish finnish roman latin kurdish libyan
    tunisian moroccan nigerian kenyan ethiopian somali yemeni hispanic latino republicans democrats
    americans russians muslims christians jews chinese tory tories
""")
OUTLETS = word_set("""
    reuters bloomberg cnn bbc nbc cbs abc npr afp kcna xinhua politico axios breitbart msnbc fox
    twitter facebook google apple amazon microsoft yahoo youtube instagram yonhap tass interfax
""")

MALE_NAMES = word_set("""
    aaron abdul abdullah abraham adam adrian agus ahmad ahmed akira alan albert alejandro alessandro
    alexander alfred ali allen amir amit anand anders andre andreas andrei andrew andy angelo anil
    anthony antonio arjun arnold arthur arvind ashok bambang barack bashar ben benigno benjamin
    bernard bernie bilal bill billy bob bongani boris brad brandon brendan brent brett brian bruce
    bryan budi carl carlos cesar chad charles charlie chidi chris christian christopher chuck
    clarence claude clive colin craig curtis dale damian dan daniel darrell darren darryl dave david
    dean deepak dennis derek derrick dick diego dimitri dmitri dmitry dominic dominick don donald
    donnie doug douglas duc duncan dustin dwayne dwight dylan earl ed eddie edgar edmund eduardo
    edward edwin eli elijah elliot elliott emeka emilio emmanuel enrique eric erik ernest ernesto
    ethan eugene evan fabio faisal farid felipe felix ferdinand fernando francesco francis francisco
    francois frank franklin fred frederick gabriel gareth garrett gary gavin geoff geoffrey george
    gerald gerard gil gilbert giorgio giorgos giovanni giuseppe glen glenn gordon graham grant greg
    gregory guillermo gustavo hamid hamza hans harold harry haruki harvey hassan hector heinrich
    henri henry herb herbert herman hiroki hiroshi horace hossein howard hugh hugo hussein ian
    ibrahim ignacio igor imran irving isaac isaiah ismail ivan jack jackson jacob jacques jake jamal
    james jared jason javier jay jeb jeff jeffrey jens jeremy jerome jerry jesse jesus jim jimmy
    jiro joachim joao joe joel johan johannes john johnny joko jon jonah jonathan jorge jose josef
    joseph josh joshua josiah juan julian jun justin kareem karim karl keith ken kenji kenneth kent
    kenta kevin khalid kiran kirk kofi kumar kurt kwame kyle lamar lance larry lars laurent lawrence
    leo leon leonard leroy lester lloyd logan lorenzo lou louis luca lucas luis luke lyle magnus
    mahmoud malcolm manuel marc marcel marco marcus mario mark marshall martin marvin mathew matt
    matteo matthew maurice max maxwell mehdi mehmet micah michael michel miguel mike mikhail milton
    minh mitch mitt mohamed mohammad mohammed muhammad murat murray mustafa narendra nasser nate
    nathan nathaniel ned neil nelson nicholas nick nicolas nigel nikolai nikos noah noel norbert
    norman oleg oliver olivier omar orlando oscar otto owen pablo pascal patrick paul pavel pedro
    percy perry pete peter phil philip philipp philippe pierre prakash preston quentin rafael rahul
    raj rajesh ralf ralph rami ramiro ramon randall randy raul ray raymond recep reggie reginald rex
    reza richard rick ricky rob robert roberto rodney rodrigo roger roland rolf roman ron ronald
    ross roy ruben rudy rufus rupert russell ryan saeed salim salman samuel sanjay santiago satoshi
    saul scott sean sebastian sebastien sergei sergey sergio seth shane shaun shawn sheldon shinzo
    siddharth sidney simon sipho somchai spencer stan stanley stefan stephan stephen steve steven
    stewart stuart sunil suresh sven takashi tariq taro ted terrence terry thabo thaksin theo
    theodore thomas tim timothy tobias toby todd tom tomas tommy tony travis trevor tyler tyrone
    vaughn venkat vernon victor vijay vince vincent vladimir wade wallace walter warren wayne wei
    wendell wesley wilhelm will william willie winston xavier yiannis yuri yusuf yves zach zachary
    zack
""")
FEMALE_NAMES = word_set("""
    abigail ada adele adriana agnes aisha akiko alana alexandra alexis alice alicia alisha alison
    allison alma alyssa amanda amara amber amelia amina amy ana anastasia andrea angela angelina
    anita anjali ann anna anne annette annie anya april ariana arlene ashley astrid audrey ayesha
    barbara beatrice becky bella bernadette bertha beth betty beverly blanche bonnie brenda brianna
    bridget brittany camilla camille candace carla carmen carol carolina caroline carolyn carrie
    cassandra catherine cecilia celeste charlene charlotte chelsea cheryl chiara chimamanda chloe
    christina christine cindy claire clara clarissa claudia colleen connie cora corazon corinne
    courtney crystal cynthia daisy dana danielle daphne darlene dawn deanna deborah debra deepika
    delia denise desiree dewi diana diane dianne dolores dominique donna dora doris dorothea dorothy
    edith edna eileen elaine eleanor elena elisa elise eliza elizabeth ella ellen elsa elsie emily
    emma erica erika erin estelle esther ethel eunice eva evangeline eve evelyn fatemeh fatima fay
    faye felicia fern fiona flora florence frances francesca freya gabriela gabrielle gail georgia
    geraldine gertrude gillian gina ginger giulia gladys glenda gloria grace greta gwen hanan hannah
    harriet haruka hazel heather heidi helen helena helga henrietta hilary hillary holly huma ida
    imani indira ines ingrid irene irina iris isabel isabella isabelle ivanka ivy jacqueline jana
    jane janelle janet janice janine jasmine jeanette jeanne jennifer jenny jessica jill joan joanna
    joanne jocelyn jodi josefina josephine joyce juanita judith judy julia juliana julie juliet
    juliette june kara karen karin katarina kate katherine kathleen kathrine kathryn kathy katie
    katrina katya kavita kayla keiko keisha kelsey kendra khadija kimberly krista kristen kristin
    kristina lakshmi lan lara latoya laura lauren laurie lea leah leila lena lillian lily linda
    lindsay ling lisa liz lois lola loretta lorna lorraine lottie louisa louise lucia lucy luisa
    lydia lynn mabel madeleine madison magdalena maggie malala malia mara marcella marcia margaret
    margot maria mariana marie marilyn marina marion marissa marjorie marta martha mary maryam
    matilda maude maureen maya megan megawati mei melania melanie melinda melissa meredith meryl mia
    michelle mildred mindy miranda miriam molly mona monica myra nadia nadine nancy naoko naomi
    natalia natalie natasha nell nellie ngozi nicole nikki nina noelle nomsa noor nora norma nour
    odette olga olivia paige paloma pamela patricia patty paula pauline pearl peggy penny petra
    phoebe phyllis polly pooja priscilla priya rachel ramona rania raquel rebecca regina renee
    rhonda rita roberta rosa rosalind rose rosemarie rosemary roxanne ruby ruth sabrina sakura sally
    samantha samira sandra sara sarah sasha selena serena shannon sharon sheila shelley sheri sheryl
    shirin shirley sigrid silvia simone siti sofia sonia sonya sophia sophie stacy stella stephanie
    sue summer sunita susan susanna susannah sushma suzanne svetlana sybil sylvia tabitha tamara
    tamika tanya tara tatiana teresa thandi thelma theresa thuy tiffany tina toni tracy trisha trudy
    ursula valerie vanessa vera veronica vicki vicky victoria viola violet virginia vivian wanda
    wendy whitney wilma yasmin yingluck yoko yolanda yuki yvonne zainab zara zoe zoey
""")
GIVEN_NAMES = MALE_NAMES | FEMALE_NAMES

_SHORT_FORMS = """
    abraham abe; albert al bert; alexander alex alec sandy; alfred fred alf; andrew andy
    drew; anthony tony; antony tony; antonio tony; arthur art; barbara barb; benjamin ben benny;
    bernard bernie; bradley brad; calvin cal; catherine cathy kate; charles charlie chuck; christina
    chris tina; christopher chris; cynthia cindy; daniel dan danny; david dave; deborah deb
    debbie; dennis denny; donald don donnie; dorothy dot; douglas doug; edmund ed; edward ed
    eddie ted ned; elizabeth liz beth betsy betty eliza; eugene gene; francis frank;
    franklin frank; frederick fred freddie; gabriel gabe; geoffrey geoff; gerald gerry
    jerry; gregory greg; harold hal harry; henry hank harry; isaac ike; jacob jake; james
    jim jimmy jamie; janet jan; jeffrey jeff; jennifer jen jenny; jeremy jerry; john jack
    johnny; jonathan jon; joseph joe joey; joshua josh; judith judy; katherine kate kathy
    katie; kathleen kathy kate; kenneth ken kenny; kimberly kim; lawrence larry; leonard len
    leo; louis lou; margaret meg maggie peggy; martin marty; matthew matt; maxwell max;
    michael mike mick; mitchell mitch; nathaniel nate; nathan nate; nicholas nick; pamela
    pam; patricia pat patty; patrick pat; peter pete; philip phil; phillip phil; raymond
    ray; rebecca becky; richard rick dick rich ricky; robert bob bobby rob robbie; ronald
    ron; russell russ; samuel sam; samantha sam; stanley stan; stephen steve; steven steve;
    stuart stu; susan sue; suzanne sue; terence terry; theodore ted teddy theo; thomas tom
    tommy; timothy tim; victoria vicky; vincent vince; walter walt; william bill billy will
    liam; zachary zach; vladimir volodya; alejandro alex; francisco paco; jose pepe; eduardo
    edu
"""
_NAMES_OF: dict[str, set[str]] = defaultdict(set)
for _listed in _SHORT_FORMS.split(";"):
    _full, *_short = _listed.split()
    for _each in (_full, *_short):
        _NAMES_OF[_each].add(_full)


def forms_of(name: str) -> frozenset[str]:
    """The full names that a given name in lower case may stand for, itself included.

    >>> sorted(forms_of("ted"))
    ['edward', 'ted', 'theodore']
    """
    return frozenset({name, *_NAMES_OF.get(name, ())})
