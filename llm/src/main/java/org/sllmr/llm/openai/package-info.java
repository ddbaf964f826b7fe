/** Language models behind OpenAI's API, which most servers of open models support too. */
@NullMarked
package org.sllmr.llm.openai;

import org.jspecify.annotations.NullMarked;
