"""Words that people say every day in English: none of them, typed alone, is an answer to 'which languages?'."""

WORDS = """
a able about above act add afraid after again against age ago agree aid air alarm alike alive all allow almost alone along
already also always am among an and anger angry animal ankle answer ant any apart apple apron are arm army around arrive art
as ask at ate aunt away baby back bad bag bake balance ball banana band bank bar barber bare bark barn base basin basket bat
bath be beach bead beak beam bean bear beard beat bed bee beef been beer before beg begin behind bell below belt bench bend
best bet better between big bike bill bin bird birth bit bite bitter black blade blame blanket blind block blood blow blue
board boat body boil bone book boot born both bottle bottom bow bowl box boy brain branch brave bread break breath brick
bridge bright bring broken broom brother brown brush bucket build bun burn bus busy but butter button buy by cab cabin cable
cage cake call calm came camp can can't candle cane cant cap car card care carpet carry cart case cash cat catch chain chair
chalk chance change chat cheap check cheek cheer cheese chest chew chicken child chin choice choose church city class clay
clean clear clever climb clock close cloth cloud club coal coast coat cod coffee coin cold collar colour comb come cook cool
copper copy cord cork corn corner cost cot cotton cough could count country course court cousin cover cow crack cream cross
crowd crown cruel cry cup cupboard curl curtain curve cut dad damp dance danger dark date daughter day dead dear deep den
desk did dig din dinner dip dirt dish ditch dive do doctor dog doll done door dot doubt down draw dream dress drink drive
drop dry duck due dug dull dust duty each ear early earn earth ease east easy eat edge egg eight elbow else empty end enough
erase eve even evening ever every eye face fact fair fall family fan fang far farm fast fat father fear feed feel feet fell
felt fence few field fight fill film find fine finger finish fire firm first fish fit five fix flag flame flat floor flour
flower fly fog fold food foot for forest fork form found four fox free fresh friend frog from front fruit full fun fur gammon
garage garden gas gate gave get gift girl give glad glass glove go goat god gold gone good got grain grand grass grave great
green greet grey grief groan ground group grow guest guide gun guy ha had hair half hall hammer hand hang happy harbour hard
harm has hat hate have haw he head heal hear heart heat heavy help hen her here hi hid hide high hill him his hit hold hole
home honey hood hook hope horn horse hospital hot hour house how huge hum hungry hurry hurt husband i i'd ice id idea if ill
in ink ins insect iron is island it it's its jam jar jaw jelly job join joke joy judge jug juice jump just keen keep kettle
key kick kid kind king kiss kit kitchen knee knife knock knot know lace lad lady lake lamb lamp land large last late laugh
law lawn lay lazy lead leaf learn least leather leave led left leg lemon less let letter level lid lie life lift light like
limb line lion lip list listen little live load loaf lock log long look loose lorry lose lost lot loud love low luck lunch
mad made mag mail main make man many map mark market marry mat match mate may me meal mean meat medal meet melt men mend met
middle might mile milk mind mine minute mirror miss mist mix money month moon moose more morning moss most mother motor mouse
mouth move mr mrs much mud mug mum must my nail name nan narrow nasty near neat neck need needle nest net never new news next
nice niece night nine no nobody nod noise none noon nor north nose not note nothing now nurse nut oak oar oats of off offer
office often oil old on once one onion only open or orange order other our out oven over owl own pa pack page paid pain paint
pair pale palm pan paper parcel park part party pass past paste path pause paw pay pea peace pear pen pencil people pepper
pet phone photo piano pick picture pie piece pig pile pill pillow pin pink pipe pit place plain plan plant plate play please
plenty plum pocket point poison polite pond pony pool poor pop post pot potato pound pour power press pretty price pride
print prize pub pull pump pup pure purse push put queen quick quiet quite rabbit race radio rag rail rain ran rat raw reach
read ready real red rent rest rib rice rich ride right ring rise river road roar rob rock rod roll roof room root rope rose
rough round row rub rude rug rule run rush sack sad safe said sail salt same sand sat satin save saw say scale school
scissors sea seal seat second see seed seem seen self sell send sense sere set seven sew shade shake shall shame shape share
sharp she shed sheep sheet shelf shell shine ship shirt shoe shone shop short shot should shoulder shout show shower shut shy
sick side sight silk silly silver sing sink sister sit six size skin skirt sky slave sleep slice slide slip slow small smart
smell smile smoke smooth snake snow so soap sock soft soil sold some son song soon sore sort soup sour south space spade
speak speed spell spend spin spoon spot spring square stage stair stamp stand star start state station stay steal steam steel
step stick stiff still sting stir stone stool stop store storm story straight strange street string strong such sudden sugar
suit sum summer sun sure swat sweet swim table tail take talk tall tame tank tap tape taste tax tea teach team tear tell ten
tent test than thank that the their them then there these they thick thief thin thing think third this those thread three
throat through throw thumb tide tidy tie tiger tight till time tin tiny tip tire tired to today toe together told tomorrow
tongue too took tool tooth top torn touch towel tower town toy track trade train tram tray tree trip trouble truck true trust
try tub tube tune turn twice twin two ugly uk uncle under until up us use van very view village visit voice wage wait wake
walk wall want war warm was wash waste watch water wave wax way we weak wear weather wed weed week weep well went were west
wet what wheat wheel when where which while whip white who whole why wide wife wild will win wind window wine wing winter
wipe wire wise wish with wolf woman women won wood wool word work world worm worse worth would wound wrap wrist write wrong
yard year yellow yes yesterday yet you young your zip zoo
"""
COMMON = frozenset(WORDS.split())
