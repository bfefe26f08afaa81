"""Countries of the news, and the words for what is of each: Britain, British, UK. Knows no text.

Written for this project; a list like this is never complete. A word stands under one country only.
"""

from collections.abc import Mapping

_LISTED = """
America: US, USA, United States of America, United States, American
Britain: UK, United Kingdom, Great Britain, British
EU: European Union
UN: United Nations
UAE: United Arab Emirates, Emirati
England: English
Scotland: Scottish
Wales: Welsh
Northern Ireland: Northern Irish
Ireland: Irish
France: French
Germany: German
Italy: Italian
Spain: Spanish
Portugal: Portuguese
Netherlands: Dutch, Holland
Belgium: Belgian
Switzerland: Swiss
Austria: Austrian
Poland: Polish
Czech Republic: Czech, Czechia
Slovakia: Slovak, Slovakian
Slovenia: Slovenian
Hungary: Hungarian
Romania: Romanian
Bulgaria: Bulgarian
Greece: Greek
Cyprus: Cypriot
Malta: Maltese
Turkey: Turkish, Türkiye
Russia: Russian
Ukraine: Ukrainian
Belarus: Belarusian
Moldova: Moldovan
Georgia: Georgian
Armenia: Armenian
Azerbaijan: Azerbaijani, Azeri
Serbia: Serbian
Croatia: Croatian
Bosnia: Bosnian
Kosovo: Kosovar
Albania: Albanian
Montenegro: Montenegrin
Sweden: Swedish
Norway: Norwegian
Denmark: Danish
Finland: Finnish
Iceland: Icelandic
Estonia: Estonian
Latvia: Latvian
Lithuania: Lithuanian
China: Chinese
Japan: Japanese
South Korea: South Korean
North Korea: North Korean
Taiwan: Taiwanese
Hong Kong: Hongkonger
Mongolia: Mongolian
India: Indian
Pakistan: Pakistani
Bangladesh: Bangladeshi
Nepal: Nepali, Nepalese
Sri Lanka: Sri Lankan
Afghanistan: Afghan
Iran: Iranian
Iraq: Iraqi
Israel: Israeli
Palestine: Palestinian
Syria: Syrian
Lebanon: Lebanese
Jordan: Jordanian
Egypt: Egyptian
Saudi Arabia: Saudi, Saudi Arabian
Qatar: Qatari
Kuwait: Kuwaiti
Oman: Omani
Bahrain: Bahraini
Yemen: Yemeni
Libya: Libyan
Tunisia: Tunisian
Algeria: Algerian
Morocco: Moroccan
Sudan: Sudanese
South Sudan: South Sudanese
Ethiopia: Ethiopian
Eritrea: Eritrean
Somalia: Somali
Kenya: Kenyan
Uganda: Ugandan
Rwanda: Rwandan
Tanzania: Tanzanian
Congo: Congolese
Nigeria: Nigerian
Niger: Nigerien
Ghana: Ghanaian
Senegal: Senegalese
Mali: Malian
Cameroon: Cameroonian
Angola: Angolan
Zambia: Zambian
Zimbabwe: Zimbabwean
Mozambique: Mozambican
South Africa: South African
Kazakhstan: Kazakh
Uzbekistan: Uzbek
Thailand: Thai
Vietnam: Vietnamese
Cambodia: Cambodian
Laos: Laotian
Myanmar: Burmese, Burma
Malaysia: Malaysian
Singapore: Singaporean
Indonesia: Indonesian
Philippines: Philippine, Filipino
Australia: Australian
New Zealand: NZ
Canada: Canadian
Mexico: Mexican
Cuba: Cuban
Haiti: Haitian
Jamaica: Jamaican
Dominican Republic: Dominican
Guatemala: Guatemalan
Honduras: Honduran
El Salvador: Salvadoran
Nicaragua: Nicaraguan
Costa Rica: Costa Rican
Panama: Panamanian
Colombia: Colombian
Venezuela: Venezuelan
Ecuador: Ecuadorian, Ecuadorean
Peru: Peruvian
Bolivia: Bolivian
Brazil: Brazilian
Argentina: Argentine, Argentinian
Chile: Chilean
Uruguay: Uruguayan
Paraguay: Paraguayan
"""
COUNTRY_OF: Mapping[str, str] = {
    word.strip().casefold(): country.casefold()
    for country, _, words in (line.partition(":") for line in _LISTED.strip().splitlines())
    for word in (country, *words.split(","))
}
"""Every name and adjective in lower case -> the country's name in lower case."""
