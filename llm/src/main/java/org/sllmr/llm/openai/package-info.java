/** Language models behind the API of OpenAI, which most servers of open models speak too. */
@NullMarked
package org.sllmr.llm.openai;

import org.jspecify.annotations.NullMarked;
